package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// A large file takes no more memory than a small one: 300 MiB, or 2 GiB under
/// `-Dtapedeck.long=true`. What lives on the heap is measured after a collection, every 32 MiB.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the address
class LargeUploadIT {

    private static final long FILE_BYTES =
            Boolean.getBoolean("tapedeck.long") ? 2L << 30 : 300L << 20;
    private static final long STEP_BYTES = 32L << 20;
    private static final long FLAT_BYTES = 48L << 20;

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @TestHTTPResource URI address;

    @Test
    void aFormOfAnySizeNeedsTheSameMemory() throws Exception {
        var file = new Endless(FILE_BYTES);
        var head =
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.bin\"\r\n\r\n";
        InputStream form =
                new SequenceInputStream(
                        Collections.enumeration(
                                List.of(bytes(head), file, bytes("\r\n--x--\r\n"))));
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(address.resolve("/api/v1/uploads"))
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .POST(BodyPublishers.ofInputStream(() -> form)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = new ObjectMapper().readTree(answer.body()).path("id").asText();
        requireFlatAndWhole(id, file);
    }

    @Test
    void oneRequestOfTusNeedsTheSameMemory() throws Exception {
        TusApi.File upload = TusApi.create(FILE_BYTES);
        var file = new Endless(FILE_BYTES);
        BodyPublisher body =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> file), FILE_BYTES);
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(address.resolve(upload.path()))
                                .header("Tus-Resumable", "1.0.0")
                                .header("Upload-Offset", "0")
                                .header("Content-Type", TusApi.OFFSET_STREAM)
                                .method("PATCH", body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        requireFlatAndWhole(upload.id(), file);
    }

    private void requireFlatAndWhole(String sessionId, Endless file) throws Exception {
        System.out.println(
                "bytes=%d heap grew by=%d direct grew by=%d in %d ms"
                        .formatted(FILE_BYTES, file.heapGrowth, file.directGrowth, file.millis()));
        assertThat(file.heapGrowth).isLessThan(FLAT_BYTES);
        assertThat(file.directGrowth).isLessThan(FLAT_BYTES);
        assertThat(new StoredLog(database, objects).digest(sessionId)).isEqualTo(file.sha256());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(
                    request.header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A file that is made while it is read, and watches the memory meanwhile.
    private static final class Endless extends InputStream {

        private final byte[] block = new byte[1 << 20];
        private final MessageDigest digest;
        private final long heapBefore;
        private final long directBefore;
        private final long startedNanos = System.nanoTime();
        private long endedNanos;
        private long leftBytes;
        private long heapGrowth;
        private long directGrowth;

        Endless(long sizeBytes) throws Exception {
            leftBytes = sizeBytes;
            digest = MessageDigest.getInstance("SHA-256");
            new Random(1).nextBytes(block);
            heapBefore = liveBytes();
            directBefore = directBytes();
            // Else nothing is measured.
            assertThat(directBefore).isPositive();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (leftBytes == 0) {
                endedNanos = System.nanoTime();
                return -1;
            }
            int at = (int) (leftBytes % block.length);
            int count = (int) Math.min(Math.min(length, leftBytes), block.length - at);
            System.arraycopy(block, at, buffer, offset, count);
            digest.update(buffer, offset, count);
            if (leftBytes / STEP_BYTES != (leftBytes - count) / STEP_BYTES) {
                heapGrowth = Math.max(heapGrowth, liveBytes() - heapBefore);
                directGrowth = Math.max(directGrowth, directBytes() - directBefore);
            }
            leftBytes -= count;
            return count;
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }

        long millis() {
            return (endedNanos - startedNanos) / 1_000_000;
        }

        /// Netty counts what it takes past the JVM, and the JVM the rest.
        private static long directBytes() {
            return Math.max(0, PlatformDependent.usedDirectMemory())
                    + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .mapToLong(BufferPoolMXBean::getMemoryUsed)
                            .sum();
        }

        private static long liveBytes() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }
}
