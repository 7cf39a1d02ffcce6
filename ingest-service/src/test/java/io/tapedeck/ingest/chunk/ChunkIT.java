package io.tapedeck.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.RawUpload;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The chunk doors, each answer.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the address
class ChunkIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject ObjectStore objects;
    @TestHTTPResource URI address;

    @Test
    void aChunkIsStoredToldAndTheSameAgainChangesNothing() throws Exception {
        Api.Session session = Api.open();
        byte[] bytes = random(300_000, 1);
        session.put(0, bytes).then().statusCode(201);
        session.put(0, bytes).then().statusCode(200);

        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.words(session.id()))
                                .containsExactly("Opened", "ChunkStored"));
        var told = (SessionEvent.ChunkStored) Story.of(session.id()).getLast();
        assertThat(told.sequence()).isEqualTo(2);
        assertThat(told.sizeBytes()).isEqualTo(bytes.length);
        assertThat(told.objectKey()).startsWith(ChunkKeys.session(session.id()));
        try (var in = objects.open(told.objectKey(), 0, bytes.length)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(objectsOf(session)).containsExactly(told.objectKey());
    }

    @Test
    void chunksOfSeveralPartsArriveWhole() throws Exception {
        Api.Session session = Api.open();
        byte[] bytes = random(12 << 20, 4);
        session.put(0, bytes).then().statusCode(201);
        try (var upload = new RawUpload(port(), session, 1, "Transfer-Encoding: chunked")) {
            upload.sendPiece(bytes);
            upload.send(Api.bytes("0\r\n\r\n"));
            assertThat(upload.status()).isEqualTo(201);
        }
        // Exactly two parts.
        byte[] even = random(10 << 20, 5);
        session.put(2, even).then().statusCode(201);

        List<String> stored = objectsOf(session);
        assertThat(stored).hasSize(3);
        for (String key : stored) {
            byte[] expected = key.contains("00000002-") ? even : bytes;
            try (var in = objects.open(key, 0, expected.length)) {
                assertThat(in.readAllBytes()).isEqualTo(expected);
            }
        }
    }

    @Test
    void otherBytesUnderThatNumberAreAConflictAndHarmNothing() throws Exception {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("mine")).then().statusCode(201);
        session.put(0, Api.bytes("yours"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("chunk-conflict"));
        session.put(0, 1, Api.bytes("mine")).then().statusCode(409);
        session.put(0, Api.bytes("mine")).then().statusCode(200);
        assertThat(objectsOf(session)).hasSize(1);
    }

    @Test
    void aChunkThatIsNotWhatItsDigestSaysLeavesNothing() throws Exception {
        Api.Session session = Api.open();
        byte[] bytes = Api.bytes("the bytes");
        withDigest(session, bytes, Api.digest(Api.bytes("others")))
                .then()
                .statusCode(422)
                .body("code", equalTo("content-digest-mismatch"));
        session.received().then().body("received", equalTo(List.of()));
        assertThat(objectsOf(session)).isEmpty();
        withDigest(session, bytes, "sha-256=nonsense")
                .then()
                .statusCode(400)
                .body("code", equalTo("content-digest-malformed"));
        withDigest(session, bytes, "unknown=:YQ==:").then().statusCode(201);
        withDigest(session, bytes, Api.digest(bytes)).then().statusCode(200);
        withDigest(session, bytes, Api.digest(Api.bytes("others"))).then().statusCode(422);
    }

    @Test
    void chunksComeInAnyOrderAndTheClientLearnsWhatIsThere() {
        Api.Session session = Api.open();
        for (long index : new long[] {7, 0, 2, 1, 5}) {
            session.put(index, Api.bytes("chunk " + index)).then().statusCode(201);
        }
        session.received()
                .then()
                .statusCode(200)
                .body("received", equalTo(List.of(List.of(0, 2), List.of(5, 5), List.of(7, 7))))
                .body("nextIndex", equalTo(8))
                .body("bytes", equalTo(5 * 7));
    }

    @Test
    void sameBytesInParallelAreStoredOnce() throws Exception {
        Api.Session session = Api.open();
        byte[] bytes = random(100_000, 2);
        List<Integer> answers = parallel(8, i -> () -> session.put(0, bytes).statusCode());
        assertThat(answers).containsOnlyOnce(201);
        assertThat(answers).filteredOn(status -> status != 201).containsOnly(200);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.words(session.id()))
                                .containsExactly("Opened", "ChunkStored"));
        assertThat(objectsOf(session)).hasSize(1);
    }

    @Test
    void ofDifferentBytesInParallelOneWins() throws Exception {
        Api.Session session = Api.open();
        List<Integer> answers =
                parallel(8, i -> () -> session.put(0, Api.bytes("bytes " + i)).statusCode());
        assertThat(answers).containsOnlyOnce(201);
        assertThat(answers).filteredOn(status -> status != 201).containsOnly(409);
        int winner = answers.indexOf(201);
        session.put(0, Api.bytes("bytes " + winner)).then().statusCode(200);
        assertThat(objectsOf(session)).hasSize(1);
    }

    @Test
    void manyChunksInParallelAreAllToldAndNumbered() throws Exception {
        Api.Session session = Api.open();
        var indexes = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
        Collections.shuffle(indexes, new Random(3));
        List<Integer> answers =
                parallel(60, i -> () -> putUntilAccepted(session, indexes.get(i)).statusCode());
        assertThat(answers).containsOnly(201);
        session.complete(Map.of("chunks", 60)).then().statusCode(202);
        await().atMost(LONG).until(() -> Story.of(session.id()).size() == 62);
        // Events of parallel commits may change places on the way; the sequence says their order.
        List<SessionEvent> story =
                Story.of(session.id()).stream()
                        .sorted(Comparator.comparingLong(SessionEvent::sequence))
                        .toList();
        assertThat(story.stream().map(SessionEvent::sequence))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 62).boxed().toList());
        assertThat(story.getLast()).isInstanceOf(SessionEvent.Completed.class);
    }

    @Test
    void emptyChunksAreLegalAndHaveNoObject() throws Exception {
        Api.Session session = Api.open();
        session.put(0, new byte[0]).then().statusCode(201);
        session.put(0, new byte[0]).then().statusCode(200);
        session.put(0, Api.bytes("x")).then().statusCode(409);
        session.put(1, Api.bytes("x")).then().statusCode(201);
        session.put(2, new byte[0]).then().statusCode(201);
        assertThat(objectsOf(session)).hasSize(1);
        session.complete(Map.of("chunks", 3)).then().statusCode(202);
        await().atMost(LONG).until(() -> Story.words(session.id()).contains("Completed"));
        assertThat(Story.of(session.id()))
                .filteredOn(SessionEvent.ChunkStored.class::isInstance)
                .extracting(event -> ((SessionEvent.ChunkStored) event).sizeBytes())
                .containsExactly(0L, 1L, 0L);
    }

    @Test
    void runsNeverFall() {
        Api.Session session = Api.open();
        session.put(4, 1, Api.bytes("e")).then().statusCode(201);
        session.put(2, 2, Api.bytes("c"))
                .then()
                .statusCode(409)
                .body("code", equalTo("run-falls"))
                .body("highestRun", equalTo(1));
        session.put(6, 0, Api.bytes("g")).then().statusCode(409).body("lowestRun", equalTo(1));
        session.put(2, 0, Api.bytes("c")).then().statusCode(201);
        session.put(6, 7, Api.bytes("g")).then().statusCode(201);
        session.put(5, 3, Api.bytes("f")).then().statusCode(201);
    }

    @Test
    void numbersOutOfBoundsAreRefused() {
        Api.Session session = Api.open();
        for (String index : List.of("-1", "1000000", "x", "9999999999999999999", "1.5")) {
            session.writing()
                    .body(Api.bytes("a"))
                    .put(session.chunk(index))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("chunk-number-invalid"));
        }
        session.put(0, -1, Api.bytes("a")).then().statusCode(400);
        session.put(0, 100_001, Api.bytes("a")).then().statusCode(400);
    }

    @Test
    void chunksAreRawBytes() {
        Api.Session session = Api.open();
        for (String type : List.of("application/json", "multipart/form-data", "text/plain")) {
            session.writing()
                    .header("Content-Type", type)
                    .body(Api.bytes("a"))
                    .put(session.chunk(0))
                    .then()
                    .statusCode(415)
                    .body("code", equalTo("content-type-wrong"));
        }
        int index = 0;
        for (String type : List.of("video/webm; codecs=\"vp8, opus\"", "audio/mp4", "Video/WebM")) {
            session.writing()
                    .header("Content-Type", type)
                    .body(Api.bytes("a"))
                    .put(session.chunk(index++))
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void writingTakesTheTokenOfThatSession() {
        Api.Session session = Api.open();
        Api.Session other = Api.open();
        new Api.Session(session.id(), other.token())
                .put(0, Api.bytes("a"))
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("upload-token-wrong"));
        new Api.Session(session.id(), NeighboursResource.OWNER_KEY)
                .received()
                .then()
                .statusCode(401);
        new Api.Session("nosuchsession", other.token())
                .put(0, Api.bytes("a"))
                .then()
                .statusCode(404)
                .body("code", equalTo("session-unknown"));
        new Api.Session("nosuchsession", "").received().then().statusCode(404);
    }

    @Test
    void aCompletedSessionKnowsItsChunksButTakesNoNewOnes() {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        session.complete(Map.of("chunks", 1)).then().statusCode(202);
        session.put(0, Api.bytes("a")).then().statusCode(200);
        session.put(0, Api.bytes("b")).then().statusCode(409);
        session.put(1, Api.bytes("b"))
                .then()
                .statusCode(410)
                .body("code", equalTo("session-closed"))
                .body("detail", matchesPattern(".+"));
        session.received().then().statusCode(200).body("nextIndex", equalTo(1));
    }

    private int port() {
        return address.getPort();
    }

    /// As a client does: 429 means later.
    private static Response putUntilAccepted(Api.Session session, int index) {
        return await().atMost(LONG)
                .until(
                        () -> session.put(index, random(20_000, index)),
                        answer -> answer.statusCode() != 429);
    }

    private static Response withDigest(Api.Session session, byte[] bytes, String digest) {
        return session.writing()
                .contentType("video/webm")
                .header("Content-Digest", digest)
                .body(bytes)
                .put(session.chunk(0));
    }

    private static <T> List<T> parallel(int count, java.util.function.IntFunction<Callable<T>> what)
            throws Exception {
        try (var threads = Executors.newFixedThreadPool(Math.min(count, 12))) {
            var answers = new ArrayList<T>();
            for (var answer :
                    threads.invokeAll(IntStream.range(0, count).mapToObj(what).toList())) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private List<String> objectsOf(Api.Session session) throws Exception {
        try (var found = objects.list(ChunkKeys.session(session.id()))) {
            return found.map(object -> object.key()).toList();
        }
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
