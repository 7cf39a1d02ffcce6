package io.tapedeck.playback;

import io.tapedeck.chassis.topics.NeededTopics;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/// What the packages are given.
@ApplicationScoped
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Tapedeck playback",
                        version = "1",
                        description =
                                "Sessions, playlists, segments, downloads and background tasks."
                                        + " Problems are RFC 9457 documents with a stable code."))
class ApplicationConfig {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Addresses addresses(PlaybackConfig config) {
        return Addresses.of(config.publicUrl(), config.cdn().baseUrl());
    }

    @Produces
    @Singleton
    NeededTopics topics() {
        return new NeededTopics(
                List.of(IngestTopics.SESSIONS, TranscodeTopics.SEGMENTS, TranscodeTopics.COMMANDS),
                List.of());
    }
}
