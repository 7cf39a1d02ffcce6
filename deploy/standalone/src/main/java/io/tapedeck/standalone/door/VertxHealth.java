package io.tapedeck.standalone.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// `GET /q/health` of the whole, in the shape that the services' own have (MicroProfile Health
/// 4.0).
final class VertxHealth {

    private VertxHealth() {}

    static void send(HttpServerRequest request, Health health) {
        var checks = new JsonArray();
        health.parts()
                .forEach((name, up) ->
                        checks.add(new JsonObject().put("name", name).put("status", word(up))));
        request.response()
                .setStatusCode(health.isUp() ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(
                        new JsonObject()
                                .put("status", word(health.isUp()))
                                .put("checks", checks)
                                .toBuffer());
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
