package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A body cut into pieces.
class PieceStreamTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Test
    void piecesFollowEachOtherWithoutLoss() throws IOException {
        var body = new ArrivingBytes(new ByteArrayInputStream(bytes(25)), 25, null);
        assertThat(body.isAtEnd()).isFalse();
        assertThat(piece(body, 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(body.isAtEnd()).isFalse();
        assertThat(piece(body, 10)).hasSize(10).startsWith(10);
        assertThat(piece(body, 10)).containsExactly(20, 21, 22, 23, 24);
        assertThat(body.isAtEnd()).isTrue();
        assertThat(piece(body, 10)).isEmpty();
        assertThat(body.wasCut()).isFalse();
    }

    @Test
    void aPieceIsOverWhenItTookTooLong() throws IOException {
        var slow =
                new InputStream() {
                    private int next;

                    @Override
                    public int read() {
                        now.updateAndGet(then -> then.plusSeconds(4));
                        return next++;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        buffer[offset] = (byte) read();
                        return 1;
                    }
                };
        assertThat(piece(new ArrivingBytes(slow, -1, null), 100)).containsExactly(0, 1, 2);
    }

    @Test
    void aConnectionThatBreaksEndsTheBodyAndIsRemembered() throws IOException {
        var broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(bytes(3)),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("reset by peer");
                            }
                        });
        var body = new ArrivingBytes(broken, -1, null);
        assertThat(piece(body, 10)).containsExactly(0, 1, 2);
        assertThat(body.isAtEnd()).isTrue();
        assertThat(body.wasCut()).isTrue();
        assertThat(body.failure()).hasMessage("reset by peer");
    }

    @Test
    void fewerBytesThanAnnouncedAreACut() throws IOException {
        var body = new ArrivingBytes(new ByteArrayInputStream(bytes(3)), 4, null);
        assertThat(piece(body, 10)).hasSize(3);
        assertThat(body.wasCut()).isTrue();
    }

    private byte[] piece(ArrivingBytes body, long maxBytes) throws IOException {
        try (var piece = new PieceStream(body, maxBytes, now::get, PATIENCE)) {
            return piece.readAllBytes();
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
