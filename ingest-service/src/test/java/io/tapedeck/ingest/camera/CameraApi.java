package io.tapedeck.ingest.camera;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tapedeck.ingest.Api;
import java.util.Map;

/// The doors of cameras, as their owner uses them.
final class CameraApi {

    static final String CAMERAS = "/api/v1/cameras";

    private CameraApi() {}

    static Response tryAdd(Map<String, Object> body) {
        return Api.owner().contentType(ContentType.JSON).body(body).post(CAMERAS);
    }

    /// @return its id
    static String add(MadeUpCamera camera) {
        Response added = tryAdd(Map.of("name", "Door", "url", camera.url()));
        added.then().statusCode(201);
        return added.path("id");
    }

    static JsonPath view(String id) {
        Response answer = Api.owner().get(CAMERAS + "/" + id);
        answer.then().statusCode(200);
        return answer.jsonPath();
    }

    static String session(String id) {
        return view(id).getString("sessionId");
    }

    static String state(String id) {
        return view(id).getString("state");
    }

    static Response delete(String id) {
        return Api.owner().delete(CAMERAS + "/" + id);
    }
}
