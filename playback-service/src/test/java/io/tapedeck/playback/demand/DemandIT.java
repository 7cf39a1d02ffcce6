package io.tapedeck.playback.demand;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// Files are listed before they are rendered, and rendered where somebody watches.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(DemandIT.Impatient.class)
class DemandIT {

    /// Nobody here answers by himself.
    public static final class Impatient implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.demand.patience", "3s", "tapedeck.demand.look-up-every", "100ms");
        }
    }

    private static final String WINDOW = "/hls/{id}/720p/1/{n}.ts";

    @Inject Stage stage;
    @Inject ObjectMapper json;

    @Test
    void allOfAFileIsListedWhenItsFirstWindowIsThere() {
        Told told = new Told(stage).file("A film").chunk(0, "bytes").rendition();
        told.foreseen("grid", 0, 3).segment(0, 0, "first");
        await().untilAsserted(() ->
                given().get("/hls/{id}/master.m3u8", told.id)
                        .then()
                        .statusCode(200)
                        .body(endsWith("720p/index.m3u8?generation=1\n")));
        media(told)
                .then()
                .body(containsString("TYPE:EVENT"))
                .body(containsString("1/2.ts"))
                .body(not(containsString("ENDLIST")));

        told.foreseen("grid", 3, 2).completed().planned(5, true);
        await().untilAsserted(() ->
                given().get("/hls/{id}/master.m3u8", told.id)
                        .then()
                        .body(endsWith("720p/index.m3u8?generation=1&windows=5\n"))
                        .body(containsString("CODECS=")));
        given().get("/hls/{id}/720p/index.m3u8?generation=1&windows=5", told.id)
                .then()
                .body(containsString("TYPE:VOD"))
                .body(endsWith("1/4.ts\n#EXT-X-ENDLIST\n"));
        media(told).then().body(containsString("TYPE:EVENT")).body(endsWith("ENDLIST\n"));
        given().get("/api/v1/sessions/{id}", told.id)
                .then()
                .body("state", equalTo("completing"))
                .body("durationMillis", equalTo(10_000))
                .body("processing.progress", equalTo(0.2f));
    }

    @Test
    void whoWantsAWindowThatIsNotThereWaitsForItAndItIsAskedForOnce() {
        Told told = file(50);
        try (var viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Response>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(
                        CompletableFuture.supplyAsync(
                                () -> given().get(WINDOW, told.id, 40), viewers));
            }
            await().until(() -> wanted(told).equals(List.of(40L)));
            told.segment(40, 0, "the fortieth");
            for (CompletableFuture<Response> answer : answers) {
                Response got = answer.join();
                assertThat(got.statusCode()).isEqualTo(200);
                assertThat(got.asString()).isEqualTo("the fortieth");
                assertThat(got.header("Cache-Control")).contains("immutable");
            }
        }
        assertThat(wanted(told)).containsExactly(40L);
        // The address with the digest is right as well.
        given().get("/hls/{id}/720p/40-{d}.ts", told.id, Told.digest(1, 40)).then().statusCode(200);
    }

    @Test
    void whatNobodyRendersInTimeIsToBeAskedForAgain() {
        Told told = file(50);
        given().get(WINDOW, told.id, 30)
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("not-yet-rendered"));
    }

    @Test
    void aWindowThatCannotBeRenderedIsNoSegmentAndAGapForThoseWhoComeLater() {
        Told told = file(50);
        var waiting = CompletableFuture.supplyAsync(() -> given().get(WINDOW, told.id, 20));
        await().until(() -> wanted(told).equals(List.of(20L)));
        told.windowFailed(20);

        assertThat(waiting.join().statusCode()).isEqualTo(404);
        media(told).then().body(containsString("#EXT-X-GAP\n#EXTINF:2.000000,\n1/20.ts\n"));
    }

    @Test
    void nobodyWaitsForWhatIsNotPlannedOrWithdrawn() {
        Told told = file(50);
        given().get(WINDOW, told.id, 50).then().statusCode(404);
        given().get("/hls/{id}/720p/2/0.ts", told.id).then().statusCode(404);
        given().get("/hls/{id}/480p/1/0.ts", told.id).then().statusCode(404);
        var waiting = CompletableFuture.supplyAsync(() -> given().get(WINDOW, told.id, 20));
        await().until(() -> wanted(told).equals(List.of(20L)));
        told.withdrawn();

        assertThat(waiting.join().statusCode()).isEqualTo(404);
        assertThat(wanted(told)).containsExactly(20L);
    }

    @Test
    void aSessionHasNoMoreThanItsShareRendered() {
        Told told = file(50);
        try (var viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 10; i < 30; i++) {
                int window = i;
                viewers.submit(() -> given().get(WINDOW, told.id, window));
            }
            await().until(() -> wanted(told).size() == 4);
        }
        assertThat(wanted(told)).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void theOwnerCancelsWhatIsNotMadeYet() {
        Told told = file(50);
        String door = "/api/v1/sessions/{id}/processing/cancel";
        given().post(door, told.id).then().statusCode(401);
        owner().post(door, UUID.randomUUID()).then().statusCode(404);
        owner().post(door, told.id).then().statusCode(202);
        await().until(() ->
                commands(told).stream()
                                .filter(TranscodeCommand.CancelProcessing.class::isInstance)
                                .count()
                        == 1);
        Told open = new Told(stage).file("Half of it").chunk(0, "b").rendition();
        await().untilAsserted(() ->
                owner().post(door, open.id)
                        .then()
                        .statusCode(409)
                        .body("code", equalTo("still-recording")));
    }

    private static io.restassured.specification.RequestSpecification owner() {
        return given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY);
    }

    /// Its first window is rendered.
    private Told file(int windows) {
        Told told = new Told(stage).file("A film").chunk(0, "bytes").rendition();
        told.foreseen("grid", 0, windows).segment(0, 0, "first").completed();
        told.planned(windows, true);
        await().untilAsserted(() -> media(told).then().body(endsWith("ENDLIST\n")));
        return told;
    }

    private static Response media(Told told) {
        return given().get("/hls/{id}/720p/index.m3u8", told.id);
    }

    private List<Long> wanted(Told told) {
        return commands(told).stream()
                .filter(TranscodeCommand.Want.class::isInstance)
                .map(command -> ((TranscodeCommand.Want) command).window())
                .toList();
    }

    private List<TranscodeCommand> commands(Told told) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        ConfigProvider.getConfig()
                                .getValue("kafka.bootstrap.servers", String.class),
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest");
        var commands = new ArrayList<TranscodeCommand>();
        try (var reader =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    reader.partitionsFor(TranscodeTopics.COMMANDS).stream()
                            .map(p ->
                                    new org.apache.kafka.common.TopicPartition(
                                            p.topic(), p.partition()))
                            .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> reader.position(p) < Objects.requireNonNull(ends.get(p)))) {
                for (var message : reader.poll(Duration.ofSeconds(1))) {
                    var command = json.readValue(message.value(), TranscodeCommand.class);
                    if (command.sessionId().equals(told.id)) {
                        commands.add(command);
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return commands;
    }
}
