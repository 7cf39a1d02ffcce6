package io.tapedeck.ingest;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Ends the connection of a refused request whose body has not come to its end, instead of reading
/// bytes that nobody wants. It goes on reading for a moment, because closing at once would make
/// many a client miss the answer (RFC 9112 §9.6).
class UnreadBodyFilter {

    private static final long LINGER_MILLIS = 1000;
    private static final long LINGER_BYTES = 8L << 20;

    private final Vertx vertx;

    UnreadBodyFilter(Vertx vertx) {
        this.vertx = vertx;
    }

    @ServerResponseFilter
    void refuse(ContainerResponseContext response, HttpServerRequest request) {
        if (response.getStatus() >= 400 && hasBody(request) && !request.isEnded()) {
            response.getHeaders().putSingle("Connection", "close");
            request.response().endHandler(_ -> linger(request));
        }
    }

    /// Without a body the request may not have "ended" either: nobody asked for its end.
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null
                || (length != null && !length.equals("0"));
    }

    private void linger(HttpServerRequest request) {
        var seen = new AtomicLong();
        request.exceptionHandler(_ -> {});
        request.handler(bytes -> {
            if (seen.addAndGet(bytes.length()) > LINGER_BYTES) {
                request.connection().close();
            }
        });
        request.endHandler(_ -> request.connection().close());
        request.resume();
        vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close());
    }
}
