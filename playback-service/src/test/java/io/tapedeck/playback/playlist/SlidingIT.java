package io.tapedeck.playback.playlist;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

/// A camera's playlist, from its first window until it is deleted.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class SlidingIT {

    /// Of two seconds each.
    private static final int HISTORY_WINDOWS = 15;

    @Inject Stage stage;
    @Inject EntityManager entities;

    @Test
    void isLegalAtEveryStepAndLeavesNoRowsBehind() {
        Told told = new Told(stage).camera(2 * HISTORY_WINDOWS).rendition().chunk(0, "header");
        var player = new SlidingPlaylist();
        for (int window = 0; window < 60; window++) {
            int run = window / 20;
            told.chunk(run, "chunk").segment(window, run, "segment " + window);
            int first = window + 1 - HISTORY_WINDOWS;
            if (first > 0) {
                told.moved(first, first / 20);
            }
            if (first > HISTORY_WINDOWS) {
                told.forgotten(first - HISTORY_WINDOWS).chunksForgotten(window - 20);
            }
            long last = window;
            await().until(() -> media(told.id).asString().contains("\n" + last + "-"));
            await().until(() -> sequence(media(told.id).asString()) == Math.max(0, first));
            player.read(media(told.id).asString());
            if (first > 0) {
                assertThat(player.size()).isEqualTo(HISTORY_WINDOWS);
                // Whoever has the playlist from before may still ask for it.
                segment(told.id, first - 1).then().statusCode(200);
            }
            given().get("/hls/{id}/master.m3u8", told.id).then().statusCode(200);
        }
        await().until(() -> segment(told.id, 0).statusCode() == 404);
        await().until(() -> rows("segment", told.id) == 2 * HISTORY_WINDOWS);
        assertThat(rows("chunk", told.id)).isLessThanOrEqualTo(25);
        given().get("/api/v1/sessions/{id}", told.id)
                .then()
                .statusCode(200)
                .body("durationMillis", org.hamcrest.Matchers.equalTo(2000 * HISTORY_WINDOWS));

        told.completed().planned(60, true);
        await().until(() -> media(told.id).asString().contains("#EXT-X-ENDLIST"));
        player.read(media(told.id).asString());
        assertThat(player.isEnded()).isTrue();
    }

    @Test
    void aRenditionThatIsMadeLaterBeginsWhereTheOthersDo() {
        Told told = new Told(stage).camera(30).rendition();
        for (int window = 0; window < 30; window++) {
            told.segment(window, 0, "segment " + window);
        }
        told.moved(15, 0).completed().planned(30, true);
        await().until(() -> media(told.id).asString().contains("#EXT-X-ENDLIST"));
        told.rendition(2);
        for (int window = 15; window < 30; window++) {
            told.segment(2, window, 0, "better".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        told.ended(2, 30);
        await().until(() -> media(told.id).asString().contains("15-d2000f.ts"));
        assertThat(media(told.id).asString())
                .contains("#EXT-X-MEDIA-SEQUENCE:15\n")
                .contains("#EXT-X-ENDLIST");
    }

    private long rows(String table, String session) {
        return io.quarkus.narayana.jta.QuarkusTransaction.requiringNew()
                .call(() ->
                        (Long)
                                entities.createNativeQuery(
                                                "select count(*) from "
                                                        + table
                                                        + " where session_id = ?1",
                                                Long.class)
                                        .setParameter(1, session)
                                        .getSingleResult());
    }

    private static Response segment(String session, long window) {
        return given().get(
                        "/hls/{id}/720p/{file}",
                        session,
                        window + "-" + Told.digest(1, window) + ".ts");
    }

    private static Response media(String session) {
        return given().get("/hls/{id}/720p/index.m3u8", session);
    }

    private static long sequence(String playlist) {
        return playlist.lines()
                .filter(line -> line.startsWith("#EXT-X-MEDIA-SEQUENCE:"))
                .mapToLong(line -> Long.parseLong(line.substring(22)))
                .findFirst()
                .orElse(0);
    }
}
