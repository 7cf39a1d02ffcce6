package io.tapedeck.transcode;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What an operator sees.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class OperateIT {

    @Inject Ingest ingest;
    @Inject World world;

    @Test
    void itIsReadyWhenFfmpegAndItsNeighboursAreThere() {
        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() -> get("/q/health/ready").statusCode() == 200);

        get("/q/health/ready")
                .then()
                .body("status", equalTo("UP"))
                .body("checks.name", hasItem("ffmpeg"))
                .body("checks.name", hasItem("Database connections health check"));
    }

    @Test
    void itCountsWhatItDoes() {
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, Corpus.chunks("chr-webm-vp8-480-t250")));
        world.whole(session);

        String metrics = get("/q/metrics").asString();

        assertThat(metrics)
                .contains(
                        "tapedeck_windows_rendered_total",
                        "tapedeck_windows_failed_total",
                        "tapedeck_render_seconds_count",
                        "tapedeck_segments_due",
                        "tapedeck_segments_oldest_seconds",
                        "tapedeck_plans_waiting",
                        "tapedeck_jobs_resent_total",
                        "tapedeck_messages_skipped_total");
        assertThat(value(metrics, "tapedeck_windows_rendered_total")).isPositive();
        assertThat(value(metrics, "tapedeck_render_seconds_count")).isPositive();
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
