package io.tapedeck.ingest.frames;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.tapedeck.ingest.IngestConfig;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/// What the HTTP server must know of WebSockets.
@ApplicationScoped
class FramesHttpConfig implements HttpServerOptionsCustomizer {

    private final IngestConfig config;

    FramesHttpConfig(IngestConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        int most = FramesSocket.mostMessageBytes(config.frames().frameBytes());
        options.setMaxWebSocketFrameSize(most)
                .setMaxWebSocketMessageSize(most)
                // A few compressed bytes could ask for gigabytes, and JPEG does not get smaller.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}
