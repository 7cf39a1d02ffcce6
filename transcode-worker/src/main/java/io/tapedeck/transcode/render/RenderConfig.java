package io.tapedeck.transcode.render;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.segment.SegmentRenderer;
import io.tapedeck.ffmpeg.segment.TimeLimit;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/// Puts rendering together.
@ApplicationScoped
class RenderConfig {

    @Produces
    @Singleton
    Renderer renderer(
            JdbcSegmentRepository segments,
            ObjectStore objects,
            FfmpegInstallation ffmpeg,
            MeterRegistry meters,
            TapedeckWorkerConfig config) {
        TapedeckWorkerConfig.Render render = config.render();
        var timeLimit = new TimeLimit(render.timeLimit(), render.timeLimitPerSecond());
        return new Renderer(
                segments,
                objects,
                new SegmentRenderer(ffmpeg, timeLimit),
                meter(meters),
                render.maxAttempts(),
                render.windowsPerJob());
    }

    private static RenderMeter meter(MeterRegistry meters) {
        Timer seconds =
                Timer.builder("tapedeck.render")
                        .description(
                                "From reading the bytes of a job's windows to the end of ffmpeg")
                        .register(meters);
        Counter rendered =
                Counter.builder("tapedeck.windows.rendered")
                        .description("Segments made, one for each window and rendition")
                        .register(meters);
        Counter failed =
                Counter.builder("tapedeck.windows.failed")
                        .description("Renderings that failed by themselves")
                        .register(meters);
        return new RenderMeter() {
            @Override
            public void rendered(long nanos, int segments) {
                seconds.record(nanos, TimeUnit.NANOSECONDS);
                rendered.increment(segments);
            }

            @Override
            public void failed() {
                failed.increment();
            }
        };
    }
}
