package io.tapedeck.ingest.chunk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.Neighbours;
import io.tapedeck.neighbours.Neighbours.Component;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// A neighbour is away.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(OutageIT.LittlePatience.class)
class OutageIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    @Inject DataSource database;

    public static class LittlePatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tapedeck.outbox.delivery-timeout", "2s");
        }
    }

    @Test
    void aShortOutageOfTheBrokerIsSatOut() throws SQLException {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("before")).then().statusCode(201);
        Neighbours.running().kill(Component.KAFKA);
        Neighbours.running().start(Component.KAFKA);
        session.put(1, Api.bytes("after")).then().statusCode(201);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(
                                        Story.of(session.id()).stream()
                                                .map(SessionEvent::sequence)
                                                .distinct())
                                .containsExactly(1L, 2L, 3L));
    }

    @Test
    void withoutTheBrokerChunksAreAcceptedAndToldLaterInOrder() throws SQLException {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("before")).then().statusCode(201);
        double failedBefore = metric("tapedeck_outbox_failed_total");
        Neighbours.running().kill(Component.KAFKA);
        try {
            for (int index = 1; index <= 10; index++) {
                session.put(index, Api.bytes("chunk " + index)).then().statusCode(201);
            }
            // Only then has the sender given up and leaves everything to the relay.
            await().atMost(LONG).until(() -> metric("tapedeck_outbox_failed_total") > failedBefore);
            for (int index = 11; index <= 20; index++) {
                session.put(index, Api.bytes("chunk " + index)).then().statusCode(201);
            }
            session.complete(Map.of("chunks", 21)).then().statusCode(202);
            assertThat(outboxRows()).isGreaterThanOrEqualTo(21);
        } finally {
            Neighbours.running().start(Component.KAFKA);
        }
        await().atMost(LONG).until(() -> outboxRows() == 0);
        List<Long> told =
                Story.of(session.id()).stream().map(SessionEvent::sequence).distinct().toList();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 23).boxed().toList());
        // Of those that were being sent, two close together may have overtaken each other.
        assertThat(told.stream().filter(sequence -> sequence > 12)).isSorted();
    }

    @Test
    void whatACrashLeftInTheOutboxIsSentInOrder() throws SQLException {
        Api.Session session = Api.open();
        execute(
                """
                insert into outbox (topic, message_key, payload, created_at)
                select 'ingest.sessions.v1', '%1$s', convert_to(format(
                    '{"type":"interrupted","sessionId":"%1$s","sequence":%%s,"at":"2026-01-01T00:00:00Z"}',
                    n), 'UTF8'), now() - interval '10 seconds'
                from generate_series(2, 1300) as n
                """
                        .formatted(session.id()));
        await().atMost(LONG).until(() -> outboxRows() == 0);
        assertThat(Story.of(session.id()).stream().map(SessionEvent::sequence).distinct())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1300).boxed().toList());
    }

    @Test
    void withoutTheStoreChunksAreRefusedForNowAndNothingIsHarmed() {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("before")).then().statusCode(201);
        Neighbours.running().kill(Component.OBJECTS);
        try {
            session.put(1, Api.bytes("chunk"))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "2")
                    .body("code", equalTo("store-unavailable"));
            session.put(0, Api.bytes("before")).then().statusCode(200);
            session.put(2, new byte[0]).then().statusCode(201);
        } finally {
            Neighbours.running().start(Component.OBJECTS);
        }
        await().atMost(LONG).until(() -> session.put(1, Api.bytes("chunk")).statusCode() == 201);
        session.complete(Map.of("chunks", 3)).then().statusCode(202);
    }

    @Test
    void whenTheDatabaseDropsItsConnectionsClientsAreAtMostToldToComeAgain() throws SQLException {
        Api.Session session = Api.open();
        var answers = new ArrayList<Integer>();
        // Held, so that the service must take the connections that were dropped, or new ones.
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (int index = 0; index < 5; index++) {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where pid <> pg_backend_pid() and client_port is not null");
                byte[] bytes = Api.bytes("chunk " + index);
                String chunk = session.chunk(index);
                await().atMost(LONG)
                        .until(() -> {
                            int status =
                                    session.writing()
                                            .contentType("video/webm")
                                            .body(bytes)
                                            .put(chunk)
                                            .statusCode();
                            answers.add(status);
                            return status < 300;
                        });
            }
        }
        assertThat(answers).containsOnly(503, 201);
        session.received().then().body("nextIndex", equalTo(5));
    }

    private long outboxRows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from outbox")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
