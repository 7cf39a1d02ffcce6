package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What time does to uploads, with short times.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(UploadExpiryIT.ShortTimes.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class UploadExpiryIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = TusApi.bytes("hello world");

    /// As if its client had stayed away.
    private static final String LATE =
            "update upload set expires_at = now() - interval '1 second' where id = ?";

    @Inject ObjectStore objects;
    @Inject DataSource database;

    private StoredLog log;

    public static class ShortTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.ingest.uploads.every", "1s",
                    "tapedeck.ingest.limits.open-sessions", "3",
                    "tapedeck.ingest.silence.interrupted-after", "1s",
                    "tapedeck.ingest.silence.completed-after", "3s",
                    "tapedeck.ingest.silence.every", "1s",
                    "tapedeck.ingest.deletion.undo", "2s",
                    "tapedeck.ingest.deletion.every", "1s",
                    "tapedeck.ingest.orphans.safe-age", "2s",
                    "tapedeck.ingest.orphans.every", "1s");
        }
    }

    @BeforeEach
    void readsTheLog() {
        log = new StoredLog(database, objects);
    }

    @Test
    void silenceInterruptsAnUploadButDoesNotCompleteIt() throws Exception {
        TusApi.File file = TusApi.create(11);
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        await().atMost(LONG).until(() -> Story.words(file.id()).contains("Interrupted"));
        // A recording that begins now is long over when the upload would be.
        String other = Api.open().id();
        await().atMost(LONG).until(() -> Story.words(other).contains("Completed"));
        file.patch(5, TusApi.bytes(" wor")).then().statusCode(204);
        assertThat(Story.words(file.id())).doesNotContain("Completed");
        file.patch(9, TusApi.bytes("ld")).then().statusCode(204);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.words(file.id()))
                                .containsSequence("Opened", "Interrupted", "Resumed")
                                .endsWith("ChunkStored", "Completed"));
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
    }

    @Test
    void anExpiredUploadIs410AndItsSessionGoes() throws Exception {
        TusApi.File file = TusApi.create(2_000_000);
        file.patch(0, TusApi.random(1_500_000, 1)).then().statusCode(204);
        assertThat(log.objects(file.id())).isNotEmpty();
        log.tell(LATE, file.id());
        file.head().then().statusCode(410);
        file.patch(1_500_000, HELLO).then().statusCode(410).body("code", equalTo("upload-expired"));
        await().atMost(LONG).until(() -> Story.words(file.id()).contains("Removed"));
        await().atMost(LONG).until(() -> log.objects(file.id()).isEmpty());
        // Its row is remembered for a while.
        file.head().then().statusCode(410);
    }

    @Test
    void aCompleteUploadDoesNotExpire() throws Exception {
        TusApi.File file = TusApi.create(11);
        file.patch(0, HELLO).then().statusCode(204);
        log.tell(LATE, file.id());
        TusApi.File late = TusApi.create(11);
        log.tell(LATE, late.id());
        await().atMost(LONG).until(() -> state(late).equals("expired"));
        file.head().then().statusCode(200);
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
    }

    @Test
    void partsThatNobodyJoinsGoAndJoinedOnesStay() throws Exception {
        TusApi.File lost = TusApi.createPartial(11);
        lost.patch(0, HELLO).then().statusCode(204);
        TusApi.File joined = TusApi.createPartial(11);
        joined.patch(0, HELLO).then().statusCode(204);
        TusApi.File whole =
                TusApi.created(
                        TusApi.owner()
                                .header("Upload-Concat", "final;" + joined.path())
                                .post(TusApi.FILES));
        log.tell(LATE, lost.id());
        log.tell(LATE, joined.id());
        await().atMost(LONG).until(() -> log.objects(lost.id()).isEmpty());
        joined.delete().then().statusCode(204);
        // The sweepers have been there: they took an orphan of the same prefix.
        String orphan = "chunks/%s/00000009-orphan".formatted(joined.id());
        objects.put(orphan, new ByteArrayInputStream(HELLO), 11, "application/octet-stream");
        await().atMost(LONG).until(() -> objects.stat(orphan).isEmpty());
        assertThat(log.bytes(whole.id())).isEqualTo(HELLO);
        // With the session all of it goes.
        whole.delete().then().statusCode(204);
        await().atMost(LONG).until(() -> Story.words(whole.id()).contains("Removed"));
        await().atMost(LONG).until(() -> log.objects(joined.id()).isEmpty());
    }

    @Test
    void theBytesThatWaitAreNoOrphans() throws Exception {
        TusApi.File file = TusApi.create(11);
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        String orphan = "chunks/%s/00000009-orphan".formatted(file.id());
        objects.put(orphan, new ByteArrayInputStream(HELLO), 11, "application/octet-stream");
        await().atMost(LONG).until(() -> objects.stat(orphan).isEmpty());
        file.patch(5, TusApi.bytes(" world")).then().statusCode(204);
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
        assertThat(log.objects(file.id())).hasSize(1);
    }

    @Test
    void uploadsTakeNoPlaceFromRecorders() {
        for (int i = 0; i < 5; i++) {
            TusApi.create(11);
        }
        Api.open();
    }

    private String state(TusApi.File file) throws Exception {
        return log.ask("select state from upload where id = ?", file.id());
    }
}
