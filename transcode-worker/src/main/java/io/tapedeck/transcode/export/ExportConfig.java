package io.tapedeck.transcode.export;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.export.Mp4Exporter;
import io.tapedeck.ffmpeg.export.PicturesExporter;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.WorkDirectory;
import io.tapedeck.transcode.task.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts exporting together.
@ApplicationScoped
class ExportConfig {

    @Produces
    @Singleton
    Exporter exporter(
            Tasks tasks,
            ObjectStore objects,
            FfmpegInstallation ffmpeg,
            WorkDirectory workDirectory,
            TapedeckWorkerConfig config) {
        return new Exporter(
                tasks,
                objects,
                new Mp4Exporter(ffmpeg, FfmpegLimits.forExport(), workDirectory.path()),
                new LogFiles(
                        new PicturesExporter(
                                ffmpeg, FfmpegLimits.forEncodedExport(), workDirectory.path()),
                        objects,
                        workDirectory.path()),
                config.export().heartbeat(),
                config.export().maxAttempts());
    }
}
