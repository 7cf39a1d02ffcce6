package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.neighbours.Neighbours;
import io.tapedeck.neighbours.Neighbours.Component;
import io.tapedeck.neighbours.NeighboursResource;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Uploads that are cut, over and over, arrive whole. `-Dtapedeck.cuts.seed=…` repeats a run.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(CutUploadsIT.ShortPieces.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class CutUploadsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int UPLOADS = 100;
    private static final int PIECE_BYTES = 200_000;
    private static final int LEAST_BYTES = 50_000;
    private static final int MOST_BYTES = 1_200_000;

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @TestHTTPResource URI address;

    private StoredLog log;

    public static class ShortPieces implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.ingest.uploads.piece-bytes", Integer.toString(PIECE_BYTES),
                    "tapedeck.ingest.uploads.least-piece-bytes", Integer.toString(LEAST_BYTES),
                    "tapedeck.ingest.uploads.piece-time", "0.3s");
        }
    }

    @BeforeEach
    void readsTheLog() {
        log = new StoredLog(database, objects);
    }

    @Test
    void aHundredUploadsCutAnywhereArriveWhole() throws Exception {
        long seed = Long.getLong("tapedeck.cuts.seed", System.nanoTime());
        System.out.println("tapedeck.cuts.seed=" + seed);
        var random = new Random(seed);
        var uploads = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < UPLOADS; i++) {
            long own = random.nextLong();
            uploads.add(() -> sendWithCuts(new Random(own)));
        }
        int cuts = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var sent : threads.invokeAll(uploads)) {
                cuts += sent.get();
            }
        }
        System.out.println("uploads=%d cuts=%d".formatted(UPLOADS, cuts));
        assertThat(cuts).isGreaterThan(UPLOADS);
    }

    /// @return how often it was cut
    private int sendWithCuts(Random random) throws Exception {
        byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        TusApi.File file = TusApi.create(bytes.length);
        int cuts = 1 + random.nextInt(4);
        for (int cut = 0; cut < cuts; cut++) {
            int from = (int) file.offset();
            cut(file, bytes, from, from + random.nextInt(bytes.length - from + 1), random);
        }
        // As a client does: ask, go on, and ask again when somebody was faster.
        await().atMost(LONG)
                .until(() -> {
                    int from = (int) file.offset();
                    return from == bytes.length || patch(file, bytes, from) == 204;
                });
        assertThat(file.offset()).isEqualTo(bytes.length);
        assertThat(log.digest(file.id())).isEqualTo(StoredLog.digest(bytes));
        List<StoredLog.Row> rows = log.rows(file.id());
        assertThat(rows.subList(0, rows.size() - 1))
                .allMatch(row -> row.sizeBytes() >= LEAST_BYTES);
        assertThat(rows).allMatch(row -> row.sizeBytes() <= PIECE_BYTES);
        assertThat(log.ask("select state from session where id = ?", file.id()))
                .isEqualTo("completing");
        return cuts;
    }

    private static int patch(TusApi.File file, byte[] bytes, int from) {
        return file.patch(from, Arrays.copyOfRange(bytes, from, bytes.length)).statusCode();
    }

    /// Begins a request for all the rest, and breaks it off after some bytes.
    private void cut(TusApi.File file, byte[] bytes, int from, int to, Random random)
            throws IOException {
        boolean isSized = random.nextBoolean();
        String framing =
                isSized ? "Content-Length: " + (bytes.length - from) : "Transfer-Encoding: chunked";
        try (var upload = file.raw(address.getPort(), from, framing)) {
            byte[] part = Arrays.copyOfRange(bytes, from, to);
            if (isSized) {
                upload.send(part);
            } else if (part.length > 0) {
                upload.sendPiece(part);
            }
        } catch (IOException e) {
            // A later request took over, and the server broke it off first.
        }
    }

    @Test
    void ofASlowClientIsStoredWhatCame() throws Exception {
        TusApi.File file = TusApi.create(1_000_000);
        byte[] drop = new byte[100];
        try (var upload = file.raw(address.getPort(), 0, "Content-Length: 1000000")) {
            await().atMost(LONG)
                    .until(() -> {
                        upload.send(drop);
                        return file.offset() > 1000;
                    });
        }
        assertThat(file.head().header("Upload-Length")).isEqualTo("1000000");
        // Far too short to be a chunk.
        assertThat(log.rows(file.id())).isEmpty();
    }

    @Test
    void aPatchThatIsTakenOverBreaksNothing() throws Exception {
        byte[] bytes = TusApi.random(1_000_000, 8);
        TusApi.File file = TusApi.create(bytes.length);
        List<Callable<Integer>> rivals = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rivals.add(() -> {
                await().atMost(LONG)
                        .until(() -> {
                            int from = (int) file.offset();
                            return from == bytes.length || patch(file, bytes, from) == 204;
                        });
                return (int) file.offset();
            });
        }
        try (var threads = Executors.newFixedThreadPool(rivals.size())) {
            for (var done : threads.invokeAll(rivals)) {
                assertThat(done.get()).isEqualTo(bytes.length);
            }
        }
        assertThat(log.digest(file.id())).isEqualTo(StoredLog.digest(bytes));
    }

    @Test
    void theJavaClientUploadsPausesAndResumes() throws Exception {
        byte[] bytes = TusApi.random(3_000_000, 6);
        var client = new TusClient();
        client.setUploadCreationURL(address.resolve(TusApi.FILES).toURL());
        client.setHeaders(Map.of("Authorization", "Bearer " + NeighboursResource.OWNER_KEY));
        client.enableResuming(new TusURLMemoryStore());

        var first = client.resumeOrCreateUpload(upload(bytes));
        first.setChunkSize(100_000);
        first.setRequestPayloadSize(700_000);
        for (int i = 0; i < 11; i++) {
            first.uploadChunk();
        }
        first.finish();
        long paused = first.getOffset();
        assertThat(paused).isBetween(700_000L, 2_000_000L);

        var second = client.resumeOrCreateUpload(upload(bytes));
        assertThat(second.getUploadURL()).isEqualTo(first.getUploadURL());
        assertThat(second.getOffset()).isEqualTo(paused);
        while (second.uploadChunk() > -1) {
            // Until its end.
        }
        second.finish();

        String path = second.getUploadURL().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(log.digest(id)).isEqualTo(StoredLog.digest(bytes));
        assertThat(log.ask("select title from session where id = ?", id)).isEqualTo("java.webm");
        assertThat(log.ask("select state from session where id = ?", id)).isEqualTo("completing");
    }

    private static TusUpload upload(byte[] bytes) {
        var upload = new TusUpload();
        upload.setInputStream(new ByteArrayInputStream(bytes));
        upload.setSize(bytes.length);
        upload.setFingerprint("the file");
        upload.setMetadata(Map.of("filename", "java.webm"));
        return upload;
    }

    @Test
    void anUploadGoesOnWhereTheStoreFailed() throws Exception {
        byte[] bytes = TusApi.random(600_000, 2);
        TusApi.File file = TusApi.create(bytes.length);
        file.patch(0, Arrays.copyOf(bytes, 230_000)).then().statusCode(204);
        Neighbours neighbours = Neighbours.running();
        neighbours.kill(Component.OBJECTS);
        try {
            assertThat(patch(file, bytes, 230_000)).isEqualTo(503);
            assertThat(file.offset()).isEqualTo(230_000);
            Api.owner().get("/q/health/live").then().statusCode(200);
        } finally {
            neighbours.start(Component.OBJECTS);
        }
        await().atMost(LONG).until(() -> patch(file, bytes, (int) file.offset()) == 204);
        assertThat(log.digest(file.id())).isEqualTo(StoredLog.digest(bytes));
    }
}
