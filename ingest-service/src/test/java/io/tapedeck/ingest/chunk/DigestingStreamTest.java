package io.tapedeck.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DigestingStreamTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

    private Instant now = Instant.EPOCH;

    @Test
    void countsAndDigestsHoweverItIsRead() throws IOException {
        var stream = stream(new ByteArrayInputStream(ABC), 3);
        assertThat(stream.read()).isEqualTo('a');
        assertThat(stream.readAllBytes()).hasSize(2);
        assertThat(stream.sizeBytes()).isEqualTo(3);
        // FIPS 180-2, appendix B.1.
        assertThat(stream.sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(stream.failed()).isFalse();
    }

    @Test
    void stopsAtTheLimit() {
        var stream = stream(new ByteArrayInputStream(ABC), 2);
        assertThatExceptionOfType(DigestingStream.TooLongException.class)
                .isThrownBy(stream::readAllBytes);
        assertThat(stream.failed()).isFalse();
    }

    @Test
    void knowsThatItsSourceFailed() {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                };
        var stream = stream(broken, 3);
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::readAllBytes);
        assertThat(stream.failed()).isTrue();
    }

    @Test
    void stopsWhenItsTimeIsOver() throws IOException {
        var stream = stream(new ByteArrayInputStream(ABC), 3);
        assertThat(stream.read()).isEqualTo('a');
        now = now.plus(PATIENCE);
        assertThat(stream.read()).isEqualTo('b');
        now = now.plusMillis(1);
        assertThatExceptionOfType(DigestingStream.TooSlowException.class).isThrownBy(stream::read);
        assertThat(stream.failed()).isFalse();
    }

    private DigestingStream stream(InputStream source, long maxBytes) {
        return new DigestingStream(source, maxBytes, () -> now, PATIENCE);
    }
}
