package io.tapedeck.ingest.frames;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.contract.SessionEvent.ChunkStored;
import io.tapedeck.ingest.contract.SessionEvent.Completed;
import io.tapedeck.ingest.contract.SessionEvent.Opened;
import io.tapedeck.ingest.matroska.Jpegs;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The protocol, as a client that knows nothing of this speaks it.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(FramesIT.ShortTimes.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class FramesIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] JPEG = Jpegs.of(320, 240, 5);

    @TestHTTPResource("/")
    URI root;

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @Inject FramesLogPublisher log;

    private final String id = "cam-" + UUID.randomUUID();

    public static class ShortTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.ingest.frames.every", "1s",
                    "tapedeck.ingest.frames.frame-bytes", "400000",
                    "tapedeck.ingest.silence.interrupted-after", "1s",
                    "tapedeck.ingest.silence.completed-after", "1s",
                    "tapedeck.ingest.silence.every", "1s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api/v1/frames"})
    void whatIsSentBecomesOneCompleteSession(String path) throws Exception {
        FramesClient client = FramesClient.owner(url(path)).connect(id);
        byte[] sent = sound(30);
        for (int i = 0; i < 30; i++) {
            client.picture(JPEG);
            client.sound(java.util.Arrays.copyOfRange(sent, i * 5_880, (i + 1) * 5_880));
        }
        assertThat(client.close()).isEqualTo(1000);

        String session = session();
        assertThat(Story.words(session)).startsWith("Opened").endsWith("Completed");
        Opened opened = (Opened) Story.of(session).getFirst();
        assertThat(opened.title()).isEqualTo(id);
        assertThat(opened.live()).isTrue();
        assertThat(name(session)).startsWith(id + "_");
        Completed completed = (Completed) Story.of(session).getLast();
        assertThat(completed.files()).isEqualTo(new SessionEvent.Files(name(session), true, true));
        assertThat(loggedSound(session)).isEqualTo(sent);
        assertThat(client.heard()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksIsCompletedOnce() throws Exception {
        FramesClient client = FramesClient.owner(url("")).connect(id).picture(JPEG);
        client.sound(sound(1));
        await().atMost(LONG).until(() -> sessions() == 1);
        client.vanish();
        await().atMost(LONG).until(() -> Story.words(session()).contains("Completed"));
        assertThat(Story.words(session())).containsOnlyOnce("Completed");
        assertThat(loggedSound(session())).isEqualTo(sound(1));
    }

    @Test
    void whatComesIsStoredWithinASecondAndSilenceDoesNotEndIt() throws Exception {
        FramesClient client = FramesClient.owner(url("")).connect(id).picture(JPEG);
        await().atMost(LONG).until(() -> sessions() == 1);
        await().atMost(LONG).until(() -> Story.words(session()).contains("ChunkStored"));
        // By now silence would have ended another session twice over.
        String other = Api.open().id();
        await().atMost(LONG).until(() -> Story.words(other).contains("Completed"));
        assertThat(Story.words(session())).doesNotContain("Completed");
        client.picture(JPEG).close();
        assertThat(Story.words(session())).endsWith("Completed");
    }

    @Test
    void whatADeadProcessLeftIsCompleted() throws Exception {
        String session = log.open(id);
        log.append(session, new FramesChunk(0, 0, new byte[] {1, 2, 3}, true, false));
        log.append(session, new FramesChunk(0, 0, new byte[] {1, 2, 3}, true, false));
        tell(
                "update frames_recording set lease_until = now() - interval '1 s' where session_id = ?",
                session);
        await().atMost(LONG).until(() -> Story.words(session).contains("Completed"));
        log.finish(session);
        assertThat(Story.words(session))
                .startsWith("Opened", "ChunkStored")
                .containsOnlyOnce("ChunkStored")
                .containsOnlyOnce("Completed");
    }

    @Test
    void whatWasOpenedForNothingGoes() throws Exception {
        String session = log.open(id);
        log.finish(session);
        assertThat(Story.words(session)).contains("Hidden");
    }

    @Test
    void whatIsWrongIsSaidAndTheConnectionLives() throws Exception {
        FramesClient client = FramesClient.owner(url(""));
        client
                .say("nonsense")
                .say("{\"eventType\": \"HELLO\"}")
                .say("{\"eventType\": \"STREAM\", \"mediaSourceType\": \"SCENT\"}")
                .stream("VIDEO", new byte[] {1, 2, 3})
                .stream("AUDIO", new byte[] {1, 2, 3})
                .stream("VIDEO", new byte[400_500])
                .binary(new byte[] {1, 2, 3})
                .say("{\"eventType\": \"REQUEST_AUDIO_STREAM_PLAYBACK\", \"recording\": \"none\"}")
                .connect(id)
                .picture(JPEG);
        assertThat(client.close()).isEqualTo(1000);
        assertThat(client.codes())
                .containsExactly(
                        "json-invalid",
                        "event-unknown",
                        "media-source-unknown",
                        "frame-not-jpeg",
                        "samples-odd",
                        "frame-too-large",
                        "message-not-text",
                        "recording-unknown");
        assertThat(Story.words(session())).endsWith("Completed");
    }

    @Test
    void aMessageBeyondAllLimitsIsPassedOver() throws Exception {
        FramesClient client = FramesClient.owner(url("")).connect(id).picture(JPEG);
        client.stream("VIDEO", new byte[20_000_000]).sound(sound(1));
        assertThat(client.close()).isEqualTo(1000);
        assertThat(client.codes()).containsExactly("message-too-large");
        assertThat(loggedSound(session())).isEqualTo(sound(1));
    }

    @Test
    void pagesBehindAProxyAreOwnOnes() throws Exception {
        var client =
                new FramesClient(
                        url(""),
                        Map.of(
                                "Authorization", "Bearer " + NeighboursResource.OWNER_KEY,
                                "X-Forwarded-Host", "tape.example.org",
                                "X-Forwarded-Proto", "https",
                                "Origin", "https://tape.example.org"));
        assertThat(client.connect(id).close()).isEqualTo(1000);
    }

    @Test
    void whoDoesNotSayWhoItIsGetsAName() throws Exception {
        FramesClient client = FramesClient.owner(url("")).picture(JPEG);
        assertThat(client.close()).isEqualTo(1000);
        assertThat(client.heard()).isEmpty();
        assertThat(ask("select count(*) from frames_recording where name like ?", "client-%_2%"))
                .isNotEqualTo("0");
    }

    @Test
    void twoOfOneNameInOneSecondAreTwo() throws Exception {
        String first = log.open(id);
        String second = log.open(id);
        assertThat(name(first)).isNotEqualTo(name(second));
    }

    @Test
    void soundThatBeginsLaterBeginsAnotherRun() throws Exception {
        FramesClient client = FramesClient.owner(url("")).connect(id).picture(JPEG);
        await().atMost(LONG).until(() -> sessions() == 1);
        await().atMost(LONG).until(() -> Story.words(session()).contains("ChunkStored"));
        client.sound(sound(1)).picture(JPEG);
        client.close();
        List<Integer> runs = chunks(session()).stream().map(ChunkStored::run).distinct().toList();
        assertThat(runs).containsExactly(0, 1);
        assertThat(loggedSound(session())).isEqualTo(sound(1));
    }

    @Test
    void playsARecordingInItsOwnTime() throws Exception {
        FramesClient.owner(url("")).connect(id).sound(sound(30)).close();
        FramesClient listener = FramesClient.owner(url(""));
        long begun = System.nanoTime();
        listener.say(
                "{\"eventType\": \"REQUEST_AUDIO_STREAM_PLAYBACK\", \"recording\": \"%s.wav\"}"
                        .formatted(name(session())));
        assertThat(listener.awaitClosed()).isEqualTo(1000);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        var heard = listener.heard();
        assertThat(heard.getLast().path("eventType").asText()).isEqualTo("CLOSE");
        var pcm = new ByteArrayOutputStream();
        for (var said : heard.subList(0, heard.size() - 1)) {
            assertThat(said.path("eventType").asText()).isEqualTo("AUDIO_STREAM_PAYLOAD");
            pcm.writeBytes(Base64.getDecoder().decode(said.path("audioChunk").asText()));
        }
        // Two seconds of 24 kHz, of which the last is sent a second before it can have been played.
        assertThat(pcm.size()).isEqualTo(2 * 2 * 24_000);
        assertThat(took).isGreaterThan(Duration.ofMillis(700));
    }

    @Test
    void aListenerThatLeavesIsForgotten() throws Exception {
        FramesClient sender = FramesClient.owner(url("")).connect(id);
        for (int i = 0; i < 10; i++) {
            sender.sound(sound(30));
        }
        sender.close();
        FramesClient listener = FramesClient.owner(url(""));
        listener.say(
                "{\"eventType\": \"REQUEST_AUDIO_STREAM_PLAYBACK\", \"recording\": \"%s\"}"
                        .formatted(name(session())));
        await().atMost(LONG).until(() -> !listener.heard().isEmpty());
        assertThat(listener.close()).isEqualTo(1000);
        assertThat(listener.heard().size()).isLessThan(60);
    }

    @Test
    void onlyTheOwnerAndOnlyOwnPagesAreLetIn() {
        refused(401, Map.of());
        refused(401, Map.of("Authorization", "Bearer of bad news"));
        refused(401, Map.of("Cookie", "tapedeck-owner=nothing"));
        String key = "Bearer " + NeighboursResource.OWNER_KEY;
        refused(403, Map.of("Authorization", key, "Origin", "https://evil.example.org"));
        refused(403, Map.of("Authorization", key, "Origin", "null"));
    }

    @Test
    void thePageIsLetInByItsCookie() throws Exception {
        String own = "http://" + root.getAuthority();
        var cookie = "tapedeck-owner=" + NeighboursResource.OWNER_KEY;
        var client = new FramesClient(url(""), Map.of("Origin", own, "Cookie", cookie));
        assertThat(client.connect(id).close()).isEqualTo(1000);
    }

    @Test
    void isOnlyAWebSocket() {
        given().get("/api/v1/frames")
                .then()
                .statusCode(426)
                .body("code", equalTo("websocket-only"));
        given().get("/").then().statusCode(404);
    }

    private void refused(int status, Map<String, String> headers) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> new FramesClient(url("api/v1/frames"), headers))
                .havingCause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    private URI url(String path) {
        return URI.create("ws://" + root.getAuthority() + "/" + path);
    }

    /// Pieces of a fifteenth of a second.
    private static byte[] sound(int pieces) {
        byte[] pcm = new byte[pieces * 5_880];
        new Random(9).nextBytes(pcm);
        return pcm;
    }

    private byte[] loggedSound(String session) throws Exception {
        var all = new ByteArrayOutputStream();
        for (ChunkStored chunk : chunks(session)) {
            try (InputStream in = objects.open(chunk.objectKey(), 0, chunk.sizeBytes())) {
                all.writeBytes(LoggedSound.of(in.readAllBytes()));
            }
        }
        return all.toByteArray();
    }

    private static List<ChunkStored> chunks(String session) {
        return Story.of(session).stream()
                .filter(ChunkStored.class::isInstance)
                .map((SessionEvent event) -> (ChunkStored) event)
                .toList();
    }

    private long sessions() throws Exception {
        return Long.parseLong(ask("select count(*) from session where title = ?", id));
    }

    private String session() throws Exception {
        return ask("select id from session where title = ?", id);
    }

    private String name(String session) throws Exception {
        return ask("select name from frames_recording where session_id = ?", session);
    }

    private String ask(String sql, String parameter) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, parameter);
            var rows = query.executeQuery();
            return rows.next() ? rows.getString(1) : "none";
        }
    }

    private void tell(String sql, String parameter) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }
}
