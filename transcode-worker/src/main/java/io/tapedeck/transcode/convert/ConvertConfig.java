package io.tapedeck.transcode.convert;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.convert.Fragmenter;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.WorkDirectory;
import io.tapedeck.transcode.plan.PlanWaker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts converting together.
@ApplicationScoped
class ConvertConfig {

    @Produces
    @Singleton
    Converter converter(
            JdbcConversionRepository conversions,
            ObjectStore objects,
            FfmpegInstallation ffmpeg,
            WorkDirectory workDirectory,
            PlanWaker plans,
            TapedeckWorkerConfig config) {
        long maxBytes = config.conversion().maxBytes();
        return new Converter(
                conversions,
                objects,
                new Fragmenter(ffmpeg, maxBytes),
                new WorkFiles(workDirectory.path()),
                plans::wake,
                config.export().heartbeat(),
                maxBytes,
                config.conversion().maxAttempts(),
                config.conversion().roomPatience());
    }
}
