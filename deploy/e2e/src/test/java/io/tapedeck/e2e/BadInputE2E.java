package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hostile and broken input gets its documented answer, and a neighbour that records at the same
/// time does not notice.
@ExtendWith(Running.class)
class BadInputE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHUNK_LIMIT_BYTES = 32 * 1024 * 1024;

    private static TapedeckClient client;
    private static Recording good;
    private static OpenSession neighbour;

    @BeforeAll
    static void neighbourStarts() {
        client = new TapedeckClient(Running.url());
        good = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t250"));
        neighbour = client.open("neighbour", good.mimeType());
        for (int i = 0; i < good.chunks().size() / 2; i++) {
            Uploads.put(client, neighbour, good, i);
        }
    }

    @AfterAll
    static void neighbourFinishesUntouched() {
        for (int i = good.chunks().size() / 2; i < good.chunks().size(); i++) {
            Uploads.put(client, neighbour, good, i);
        }
        assertThat(client.complete(neighbour, good.chunks().size()).status()).isEqualTo(202);
        Viewer viewer = new Viewer(client, neighbour.id());
        viewer.await("ready", PATIENCE);
        assertThat(viewer.seconds()).isBetween(9.9, 10.2);
        client.close();
    }

    @Test
    void garbageFailsInWords() {
        byte[] garbage = new byte[100_000];
        new Random(20261121).nextBytes(garbage);
        assertThat(failureOf("video/webm", garbage)).isEqualTo("not-a-recording");
    }

    @Test
    void anMp4ThatIsNotFragmentedFailsInWords() {
        byte[] mp4 = new byte[5000];
        byte[] head =
                "\0\0\0\u0018ftypisom\0\0\u0002\0isomiso2\0\0\0\u0008moov"
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, mp4, 0, head.length);
        assertThat(failureOf("video/webm", mp4)).isEqualTo("unsupported-media");
    }

    @Test
    void nothingAtAllFailsInWords() {
        assertThat(failureOf("video/webm", new byte[0])).isEqualTo("nothing-recorded");
        assertThat(failureOf("video/webm", new byte[] {0x1A})).isEqualTo("nothing-recorded");
    }

    @Test
    void aTruncatedStreamKeepsWhatItHas() {
        OpenSession session = client.open("truncated", good.mimeType());
        for (int i = 0; i < 20; i++) {
            Uploads.put(client, session, good, i);
        }
        byte[] last = good.bytes(20);
        client.putChunk(session, 20, 0, Arrays.copyOf(last, last.length / 2));
        assertThat(client.complete(session, 21).status()).isEqualTo(202);
        Viewer viewer = new Viewer(client, session.id());
        viewer.await("ready", PATIENCE);
        assertThat(viewer.seconds()).isBetween(4.0, 7.0);
    }

    @Test
    void aChunkOverTheLimitIsRefused() {
        OpenSession session = client.open("large", good.mimeType());
        Answer answer = client.putChunk(session, 0, 0, new byte[CHUNK_LIMIT_BYTES + 1]);
        assertProblem(answer, 413, "chunk-too-large");
        assertThat(client.putChunk(session, 0, 0, good.bytes(0)).status()).isEqualTo(201);
    }

    @Test
    void aDigestThatDoesNotMatchLeavesNothing() {
        OpenSession session = client.open("digest", good.mimeType());
        String wrong = Base64.getEncoder().encodeToString(new byte[32]);
        Answer answer =
                client.putChunk(
                        session,
                        0,
                        0,
                        good.bytes(0),
                        Map.of("Content-Digest", "sha-256=:" + wrong + ":"));
        assertProblem(answer, 422, "content-digest-mismatch");
        assertThat(client.putChunk(session, 0, 0, good.bytes(0)).status()).isEqualTo(201);
    }

    @Test
    void otherBytesUnderTheSameNumberAreRefused() {
        OpenSession session = client.open("conflict", good.mimeType());
        assertThat(client.putChunk(session, 0, 0, good.bytes(0)).status()).isEqualTo(201);
        assertThat(client.putChunk(session, 0, 0, good.bytes(0)).status()).isEqualTo(200);
        assertThat(client.putChunk(session, 0, 0, good.bytes(1)).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"text/html,415", "application/json,415", "application/octet-stream,201"})
    void onlyMediaTypesAreTaken(String type, int status) {
        OpenSession session = client.open("type", good.mimeType());
        Answer answer = client.putChunk(session, 0, 0, good.bytes(0), Map.of("Content-Type", type));
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void strangersAreRefused() {
        OpenSession session = client.open("token", good.mimeType());
        OpenSession other = client.open("other", good.mimeType());
        var unknown = new OpenSession("nosuchsession0000000000", session.uploadToken());
        var stolen = new OpenSession(session.id(), other.uploadToken());
        assertThat(client.putChunk(unknown, 0, 0, good.bytes(0)).status()).isEqualTo(404);
        assertThat(client.putChunk(stolen, 0, 0, good.bytes(0)).status()).isIn(401, 403);
        assertThat(client.get("/api/v1/sessions/nosuchsession0000000000").status()).isEqualTo(404);
        assertThat(client.get("/hls/nosuchsession0000000000/master.m3u8").status()).isEqualTo(404);
    }

    @Test
    void completingTooEarlySaysWhatIsMissing() {
        OpenSession session = client.open("missing", good.mimeType());
        Uploads.put(client, session, good, 0);
        Uploads.put(client, session, good, 3);
        Answer answer = client.complete(session, 5);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("missing").toString()).isEqualTo("[[1,2],[4,4]]");
    }

    private static String failureOf(String mimeType, byte[] bytes) {
        OpenSession session = client.open("bad", mimeType);
        assertThat(client.putChunk(session, 0, 0, bytes).status()).isEqualTo(201);
        assertThat(client.complete(session, 1).status()).isEqualTo(202);
        new Viewer(client, session.id()).await("failed", PATIENCE);
        var failure = client.session(session.id()).json().path("failure");
        assertThat(failure.path("message").asText()).isNotBlank();
        return failure.path("code").asText();
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }
}
