package io.tapedeck.standalone.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Serves the built web-ui.
final class VertxPages {

    /// hls.js plays from `blob:` and runs a worker from one; segments may come from a CDN.
    private static final String CONTENT_SECURITY_POLICY =
            String.join(
                    "; ",
                    "default-src 'self'",
                    "script-src 'self'",
                    "style-src 'self' 'unsafe-inline'",
                    "img-src 'self' data: blob:",
                    "media-src 'self' blob: https:",
                    "connect-src 'self' https:",
                    "worker-src 'self' blob:",
                    "object-src 'none'",
                    "base-uri 'none'",
                    "form-action 'self'",
                    "frame-ancestors 'self'");

    static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "Content-Security-Policy", CONTENT_SECURITY_POLICY,
                    "Permissions-Policy",
                            "camera=(self), microphone=(self), display-capture=(self),"
                                    + " fullscreen=(self)",
                    // The link is what lets one watch: it must not leak to other sites.
                    "Referrer-Policy", "same-origin",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "X-Content-Type-Options", "nosniff");

    private final Path directory;

    VertxPages(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    void serve(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            VertxProblem.METHOD_NOT_ALLOWED.send(request);
            return;
        }
        var page = Page.find(directory, request.path());
        if (page == null) {
            VertxProblem.NOT_FOUND.send(request);
            return;
        }
        try {
            send(request, page);
        } catch (IOException e) {
            VertxProblem.NOT_FOUND.send(request);
        }
    }

    private static void send(HttpServerRequest request, Page page) throws IOException {
        var response = request.response();
        SECURITY_HEADERS.forEach(response::putHeader);
        var tag = entityTag(page.file());
        response.putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl())
                .putHeader(HttpHeaders.ETAG, tag);
        if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else if (request.method() == HttpMethod.HEAD) {
            var length = Long.toString(Files.size(page.file()));
            response.putHeader(HttpHeaders.CONTENT_LENGTH, length).end();
        } else {
            response.sendFile(page.file().toString());
        }
    }

    private static String entityTag(Path file) throws IOException {
        return "\"%x-%x\"".formatted(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
}
