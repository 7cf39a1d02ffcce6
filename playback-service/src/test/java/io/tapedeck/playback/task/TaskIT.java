package io.tapedeck.playback.task;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class TaskIT {

    @Inject Stage stage;
    @Inject ObjectMapper json;
    @Inject MeterRegistry meters;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Test
    void anExportIsOrderedOnce() throws Exception {
        Told told = ready();
        String taskId = ExportTaskId.of(told.id, "mp4", 1);

        for (int i = 0; i < 3; i++) {
            export(told.id, "mp4")
                    .statusCode(202)
                    .header("Location", "/api/v1/tasks/" + taskId)
                    .body("id", equalTo(taskId))
                    .body("state", equalTo("queued"));
        }

        List<JsonNode> commands = commands(told.id, 1);
        assertThat(commands).hasSize(1);
        assertThat(commands.getFirst().path("type").asText()).isEqualTo("export");
        assertThat(commands.getFirst().path("taskId").asText()).isEqualTo(taskId);
        assertThat(commands.getFirst().path("format").asText()).isEqualTo("mp4");
        assertThat(commands.getFirst().path("generation").asInt()).isEqualTo(1);
        told.task(taskId, TaskState.RUNNING, 0.5, null, 0, null);
        awaitTask(taskId, "running");
        export(told.id, "mp4").statusCode(202).body("state", equalTo("running"));
    }

    @Test
    void anExportIsOfTheGenerationThatIsShown() {
        Told told =
                new Told(stage)
                        .opened("", "video/webm;codecs=vp8,opus")
                        .rendition(2)
                        .chunk(0, "chunk")
                        .segment(2, 0, 0, new byte[] {2})
                        .completed()
                        .planned(1, true)
                        .ended(2, 1);
        awaitReady(told);
        String taskId = ExportTaskId.of(told.id, "mp4", 2);

        export(told.id, "mp4").statusCode(202).body("id", equalTo(taskId));

        JsonNode command = commands(told.id, 1).getFirst();
        assertThat(command.path("taskId").asText()).isEqualTo(taskId);
        assertThat(command.path("generation").asInt()).isEqualTo(2);
    }

    @Test
    void anExportNeedsAReason() {
        Told told = ready();
        export(told.id, "avi").statusCode(422).body("code", equalTo("unknown-format"));
        export("unheard-of", "mp4").statusCode(404).body("code", equalTo("session-not-found"));
        given().contentType("application/json")
                .body("{\"format\": \"mp4\"}")
                .post("/api/v1/sessions/{id}/exports", told.id)
                .then()
                .statusCode(401);
        owner().contentType("application/json")
                .body("{}")
                .post("/api/v1/sessions/{id}/exports", told.id)
                .then()
                .statusCode(400);

        Told recording = new Told(stage).opened("", "video/webm");
        Told empty = new Told(stage).opened("", "video/webm").completed();
        await().untilAsserted(() ->
                export(recording.id, "mp4")
                        .statusCode(409)
                        .body("code", equalTo("still-recording")));
        await().untilAsserted(() ->
                export(empty.id, "mp4").statusCode(409).body("code", equalTo("nothing-to-export")));
    }

    @Test
    void renditionsAreOrderedByTheirNames() {
        Told told = ready();
        String location =
                order(told.id, "{\"renditions\": [\"480p\", \"240p\"]}")
                        .statusCode(202)
                        .body("type", equalTo("render"))
                        .body("format", equalTo("480p,240p"))
                        .body("state", equalTo("queued"))
                        .extract()
                        .header("Location");

        List<JsonNode> commands = commands(told.id, 1);
        assertThat(commands.getFirst().path("type").asText()).isEqualTo("render");
        assertThat(commands.getFirst().path("renditions").toString())
                .isEqualTo("[\"480p\",\"240p\"]");
        assertThat(location).endsWith(commands.getFirst().path("taskId").asText());
    }

    @Test
    void anOrderOfRenditionsNeedsASessionAndNames() {
        Told told = ready();
        order("unheard-of", "{}").statusCode(404).body("code", equalTo("session-not-found"));
        order(told.id, "{\"renditions\": [\"../etc\"]}").statusCode(400);
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/sessions/{id}/renditions", told.id)
                .then()
                .statusCode(401);
        Told recording = new Told(stage).opened("", "video/webm");
        await().untilAsserted(() ->
                order(recording.id, "{}").statusCode(409).body("code", equalTo("still-recording")));
    }

    private static ValidatableResponse order(String session, String body) {
        return owner().contentType("application/json")
                .body(body)
                .post("/api/v1/sessions/{id}/renditions", session)
                .then();
    }

    @Test
    void aTaskTellsItsStory() {
        Told told = ready();
        String taskId = UUID.randomUUID().toString();
        told.task(taskId, TaskState.FAILED, 0.5, null, 0, "The disk of the worker is full.");
        awaitTask(taskId, "failed");
        task(taskId)
                .body("type", equalTo("export"))
                .body("sessionId", equalTo(told.id))
                .body("progress", equalTo(0.5f))
                .body("createdAt", equalTo("2026-03-01T10:00:00Z"))
                .body("resultUrl", nullValue())
                .body("error", equalTo("The disk of the worker is full."));
        told.task(taskId, TaskState.SUCCEEDED, 1, "media/key.mp4", 10, null);
        awaitTask(taskId, "succeeded");
        task(taskId)
                .body("resultUrl", equalTo("/media/" + told.id + "/recording.mp4"))
                .body("resultBytes", equalTo(10))
                .body("error", nullValue());
    }

    @Test
    void tasksAreFoundBySessionAndState() {
        Told told = ready();
        String one = UUID.randomUUID().toString();
        String two = UUID.randomUUID().toString();
        told.task(one, TaskState.RUNNING, 0, null, 0, null);
        told.task(two, TaskState.CANCELLED, 0, null, 0, null);
        awaitTask(two, "cancelled");
        owner().get("/api/v1/tasks?sessionId=" + told.id).then().body("tasks", hasSize(2));
        owner().get("/api/v1/tasks?state=running&sessionId=" + told.id)
                .then()
                .body("tasks", hasSize(1))
                .body("tasks[0].id", equalTo(one));
        String next =
                owner().get("/api/v1/tasks?limit=1&sessionId=" + told.id)
                        .then()
                        .body("tasks", hasSize(1))
                        .extract()
                        .path("next");
        owner().get("/api/v1/tasks?limit=1&sessionId=" + told.id + "&cursor=" + next)
                .then()
                .body("tasks", hasSize(1))
                .body("next", nullValue());
        owner().get("/api/v1/tasks?state=bored").then().statusCode(400);
        given().get("/api/v1/tasks").then().statusCode(401);
        given().get("/api/v1/tasks/" + one).then().statusCode(401);
        owner().get("/api/v1/tasks/unheard-of").then().statusCode(404);
    }

    @Test
    void oneCanChangeOnesMind() throws Exception {
        Told told = ready();
        String taskId = UUID.randomUUID().toString();
        told.task(taskId, TaskState.RUNNING, 0.5, null, 0, null);
        awaitTask(taskId, "running");
        change(taskId, "retry").statusCode(409).body("code", equalTo("not-retryable"));
        change(taskId, "cancel").statusCode(202).body("state", equalTo("running"));
        told.task(taskId, TaskState.CANCELLED, 0.5, null, 0, null);
        awaitTask(taskId, "cancelled");
        change(taskId, "cancel").statusCode(409).body("code", equalTo("not-cancellable"));
        change(taskId, "retry").statusCode(202).body("state", equalTo("queued"));
        task(taskId).body("state", equalTo("queued")).body("progress", equalTo(0.0f));
        assertThat(commands(told.id, 2))
                .extracting(command -> command.path("type").asText())
                .containsExactly("cancel-task", "retry-task");
        told.task(taskId, TaskState.SUCCEEDED, 1, "media/key.mp4", 10, null);
        awaitTask(taskId, "succeeded");
        change(taskId, "retry").statusCode(409);
        change("unheard-of", "cancel").statusCode(404);
    }

    @Test
    void aFollowerHearsEachChangeUntilTheEnd() throws Exception {
        Told told = ready();
        String taskId = UUID.randomUUID().toString();
        told.task(taskId, TaskState.QUEUED, 0, null, 0, null);
        awaitTask(taskId, "queued");
        try (HttpClient client = HttpClient.newHttpClient()) {
            var heard = follow(client, taskId);
            assertThat(heard.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            var lines = heard.body().iterator();
            assertThat(nextTask(lines).path("state").asText()).isEqualTo("queued");
            told.task(taskId, TaskState.RUNNING, 0.5, null, 0, null);
            assertThat(nextTask(lines).path("progress").asDouble()).isEqualTo(0.5);
            told.task(taskId, TaskState.SUCCEEDED, 1, "media/key.mp4", 10, null);
            assertThat(nextTask(lines).path("resultUrl").asText())
                    .isEqualTo("/media/" + told.id + "/recording.mp4");
            lines.forEachRemaining(line -> assertThat(line).isEmpty());
        }
    }

    @Test
    void aTaskThatIsOverIsToldAndThatIsAll() throws Exception {
        Told told = ready();
        String taskId = UUID.randomUUID().toString();
        told.task(taskId, TaskState.FAILED, 0, null, 0, "No.");
        awaitTask(taskId, "failed");
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<String> lines = follow(client, taskId).body().toList();
            assertThat(lines).filteredOn(line -> line.startsWith("data:")).hasSize(1);
        }
        owner().get("/api/v1/tasks/unheard-of/events")
                .then()
                .statusCode(404)
                .body("code", equalTo("task-not-found"));
    }

    @Test
    void aFollowerThatGoesAwayCostsNothing() throws Exception {
        Told told = ready();
        String taskId = UUID.randomUUID().toString();
        told.task(taskId, TaskState.RUNNING, 0, null, 0, null);
        awaitTask(taskId, "running");
        var followers = meters.get("tapedeck.playback.followers").gauge();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var heard = follow(client, taskId);
            await().until(() -> followers.value() == 1);
            heard.body().close();
            client.shutdownNow();
        }
        await().until(() -> followers.value() == 0);
    }

    private HttpResponse<Stream<String>> follow(HttpClient client, String taskId)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(Stage.uri("/api/v1/tasks/" + taskId + "/events"))
                        .header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY)
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofLines());
    }

    private JsonNode nextTask(java.util.Iterator<String> lines) throws IOException {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data:")) {
                return json.readTree(line.substring("data:".length()));
            }
        }
        throw new AssertionError("the stream ended");
    }

    private Told ready() {
        Told told = Told.ready(stage, 1);
        awaitReady(told);
        return told;
    }

    private static void awaitReady(Told told) {
        await().untilAsserted(() ->
                given().get("/api/v1/sessions/{id}", told.id)
                        .then()
                        .body("state", equalTo("ready")));
    }

    /// All commands about a session, once there are so many.
    private List<JsonNode> commands(String sessionId, int count) {
        var found = new ArrayList<JsonNode>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker, "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(TranscodeTopics.COMMANDS).stream()
                            .map(p ->
                                    new org.apache.kafka.common.TopicPartition(
                                            p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().until(() -> {
                for (ConsumerRecord<String, byte[]> command :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (command.key().equals(sessionId)) {
                        found.add(json.readTree(command.value()));
                    }
                }
                return found.size() >= count;
            });
            consumer.poll(Duration.ofMillis(200))
                    .forEach(command -> {
                        if (command.key().equals(sessionId)) {
                            throw new AssertionError("one too many");
                        }
                    });
        }
        return found;
    }

    private static ValidatableResponse export(String id, String format) {
        return owner().contentType("application/json")
                .body(Map.of("format", format))
                .post("/api/v1/sessions/{id}/exports", id)
                .then();
    }

    private static ValidatableResponse change(String id, String what) {
        return owner().post("/api/v1/tasks/{id}/{what}", id, what).then();
    }

    private static ValidatableResponse task(String id) {
        return owner().get("/api/v1/tasks/{id}", id).then().statusCode(200);
    }

    private static void awaitTask(String id, String state) {
        await().untilAsserted(() -> task(id).body("state", equalTo(state)));
    }

    private static RequestSpecification owner() {
        return given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY);
    }
}
