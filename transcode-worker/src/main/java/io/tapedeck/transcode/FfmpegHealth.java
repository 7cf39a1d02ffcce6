package io.tapedeck.transcode;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when ffmpeg was found.
@Readiness
@ApplicationScoped
class FfmpegHealth implements HealthCheck {

    private final FfmpegProducer ffmpeg;

    FfmpegHealth(FfmpegProducer ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("ffmpeg")
                .status(ffmpeg.located())
                .withData("state", ffmpeg.state())
                .build();
    }
}
