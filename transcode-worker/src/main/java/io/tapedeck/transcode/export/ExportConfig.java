package io.tapedeck.transcode.export;

import io.quarkus.runtime.ShutdownEvent;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.export.Mp4Exporter;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/// Puts exporting together.
@ApplicationScoped
class ExportConfig {

    private static final int LATE = 5000;

    private final WorkDirectory workDirectory;

    ExportConfig(TapedeckWorkerConfig config) {
        workDirectory =
                new WorkDirectory(
                        config.workDirectory()
                                .orElseGet(() ->
                                        Path.of(
                                                System.getProperty("java.io.tmpdir"),
                                                "tapedeck-worker")));
    }

    @Produces
    @Singleton
    Exporter exporter(
            JdbcTaskRepository tasks,
            ObjectStore objects,
            FfmpegInstallation ffmpeg,
            TapedeckWorkerConfig config) {
        return new Exporter(
                tasks,
                objects,
                new Mp4Exporter(ffmpeg, FfmpegLimits.forExport(), workDirectory.make()),
                config.export().heartbeat(),
                config.export().maxAttempts());
    }

    /// After the slots, which still write there.
    void onStop(@Observes @Priority(LATE) ShutdownEvent event) {
        workDirectory.remove();
    }
}
