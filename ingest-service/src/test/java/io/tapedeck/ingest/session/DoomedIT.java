package io.tapedeck.ingest.session;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.ingest.Api;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The database goes away between the beginning of a transaction and its first statement.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class DoomedIT {

    private static volatile boolean away;

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
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        comesAgain(() -> session.put(0, Api.bytes("a")));
        comesAgain(() -> session.put(1, Api.bytes("b")));
        comesAgain(session::received);
        comesAgain(() -> session.complete(Map.of("chunks", 1)));
        comesAgain(session::delete);
        session.put(1, Api.bytes("b")).then().statusCode(201);
        session.complete(Map.of("chunks", 2)).then().statusCode(202);
    }

    @Test
    void whatDoesNotExistIsRefusedWhenTheDatabaseIsThere() {
        var unknown = new Api.Session("0".repeat(26), "token");
        unknown.put(0, Api.bytes("a")).then().statusCode(404);
        unknown.delete().then().statusCode(404);
    }

    private static void comesAgain(Supplier<Response> request) {
        away = true;
        try {
            request.get()
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("2"))
                    .body("code", equalTo("database-unavailable"));
        } finally {
            away = false;
        }
    }
}
