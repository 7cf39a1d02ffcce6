package io.tapedeck.playback.task;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import org.junit.jupiter.api.Test;

/// The database goes away between the beginning of a transaction and its first statement.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class DoomedIT {

    private static volatile boolean away;

    @Inject Stage stage;

    /// What the pool does to a transaction whose connection turns out to be closed.
    @Transactional
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 202)
    static class ClosedConnection {

        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            if (away) {
                QuarkusTransaction.setRollbackOnly();
            }
            return call.proceed();
        }
    }

    @Test
    void nobodyIsToldThatASessionDoesNotExist() {
        Told told = new Told(stage).opened("", "video/webm");
        await().until(() -> given().get("/api/v1/sessions/{id}", told.id).statusCode() == 200);

        away = true;
        try {
            cancel(told.id).statusCode(503).body("code", equalTo("database-unavailable"));
        } finally {
            away = false;
        }
        cancel(told.id).statusCode(409).body("code", equalTo("still-recording"));
        cancel("unheard-of").statusCode(404).body("code", equalTo("session-not-found"));
    }

    private static ValidatableResponse cancel(String sessionId) {
        return given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY)
                .post("/api/v1/sessions/{id}/processing/cancel", sessionId)
                .then();
    }
}
