package io.tapedeck.standalone.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// What the door itself has to refuse, as problem documents (RFC 9457).
enum VertxProblem {
    NOT_FOUND(404, "Nothing here", "There is no page at this address."),
    METHOD_NOT_ALLOWED(405, "Only for reading", "Pages answer GET and HEAD."),
    NOT_UP(
            503,
            "Not ready yet",
            "This part of Tapedeck is starting, or starting again. Try again in a second.");

    static final String CONTENT_TYPE = "application/problem+json";
    static final String RETRY_AFTER_SECONDS = "1";

    private final int status;
    private final String title;
    private final String detail;

    VertxProblem(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    Buffer body() {
        var code = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new JsonObject()
                .put("type", "urn:tapedeck:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .toBuffer();
    }

    void send(HttpServerRequest request) {
        var response = request.response();
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        if (this == NOT_UP) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            // A body may be on its way; it is easier to part than to swallow it.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.end(body());
    }
}
