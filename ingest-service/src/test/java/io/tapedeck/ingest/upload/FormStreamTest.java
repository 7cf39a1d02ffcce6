package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Forms as clients write them, and as no client should.
class FormStreamTest {

    private static final String BOUNDARY = "----tape";

    /// A part that was read.
    private record Read(String name, Optional<String> fileName, String type, byte[] bytes) {}

    @Test
    void partsComeInOrderWithTheirNames() throws IOException {
        List<Read> parts =
                read(
                        "preamble to pass over\r\n------tape\r\n"
                                + "Content-Disposition: form-data; name=\"title\"\r\n\r\n"
                                + "A day\r\n------tape\r\n"
                                + "content-disposition: form-data; name=file; filename=\"a \\\"b\\\".webm\"\r\n"
                                + "Content-Type: video/webm\r\n\r\n"
                                + "bytes\r\n--not it\r\n------tape--\r\nepilogue");
        assertThat(parts).extracting(Read::name).containsExactly("title", "file");
        assertThat(parts.get(0).fileName()).isEmpty();
        assertThat(parts.get(0).bytes()).asString().isEqualTo("A day");
        assertThat(parts.get(1).fileName()).contains("a \"b\".webm");
        assertThat(parts.get(1).type()).isEqualTo("video/webm");
        assertThat(parts.get(1).bytes()).asString().isEqualTo("bytes\r\n--not it");
    }

    @Test
    void aPartMayBeEmptyAndTheFirstBoundaryMayStandAtTheBeginning() throws IOException {
        List<Read> parts =
                read(
                        "------tape\r\nContent-Disposition: form-data; name=\"file\";"
                                + " filename=\"%22.webm\"\r\n\r\n\r\n------tape--");
        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().bytes()).isEmpty();
        assertThat(parts.getFirst().fileName()).contains("\".webm");
    }

    @Test
    void bytesComeThroughHoweverTheyArrive() throws IOException {
        long seed = 20261121;
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] first = almostBoundaries(random);
            byte[] second = almostBoundaries(random);
            byte[] form = form(first, second);
            List<Read> parts = read(new Drips(form, random));
            assertThat(parts).as("seed %d round %d", seed, round).hasSize(2);
            assertThat(parts.get(0).bytes()).isEqualTo(first);
            assertThat(parts.get(1).bytes()).isEqualTo(second);
        }
    }

    @Test
    void aFormThatIsCutAnywhereIsNeverTakenForWhole() throws IOException {
        byte[] form = form("first".getBytes(StandardCharsets.UTF_8), new byte[200]);
        // Behind the last two hyphens nothing has to come.
        for (int cut = 0; cut < form.length - 2; cut++) {
            var part = new ByteArrayInputStream(form, 0, cut);
            assertThatExceptionOfType(EOFException.class)
                    .as("cut at %d", cut)
                    .isThrownBy(() -> read(part));
        }
    }

    @Test
    void endlessHeadersAreRefused() {
        String form = "------tape\r\n" + "X: y\r\n".repeat(10_000);
        assertThatExceptionOfType(FormStream.MalformedException.class).isThrownBy(() -> read(form));
        String line = "------tape\r\nX: " + "y".repeat(100_000);
        assertThatExceptionOfType(FormStream.MalformedException.class).isThrownBy(() -> read(line));
        assertThatExceptionOfType(FormStream.MalformedException.class)
                .isThrownBy(() -> new FormStream(InputStream.nullInputStream(), ""));
    }

    @Test
    void anyBytesEndInPartsOrInAnException() {
        var random = new Random(4);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = almostBoundaries(random);
            try {
                assertThat(read(new ByteArrayInputStream(bytes)).size()).isLessThan(1000);
            } catch (IOException e) {
                assertThat(e)
                        .isInstanceOfAny(EOFException.class, FormStream.MalformedException.class);
            }
        }
    }

    private static byte[] form(byte[] first, byte[] second) throws IOException {
        var form = new ByteArrayOutputStream();
        for (byte[] bytes : List.of(first, second)) {
            form.writeBytes(
                    "\r\n------tape\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            form.writeBytes(bytes);
        }
        form.writeBytes("\r\n------tape--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    /// Pieces of the delimiter, never a whole one.
    private static byte[] almostBoundaries(Random random) {
        String[] pieces = {"\r", "\n", "\r\n", "--", "\r\n------tap", "x", "\0", "\r\r\n---"};
        var bytes = new ByteArrayOutputStream();
        for (int i = random.nextInt(200); i > 0; i--) {
            bytes.writeBytes(
                    pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.ISO_8859_1));
        }
        if (random.nextInt(20) == 0) {
            bytes.writeBytes(new byte[100_000]);
        }
        return bytes.toByteArray();
    }

    private static List<Read> read(String form) throws IOException {
        return read(new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Read> read(InputStream body) throws IOException {
        var form = new FormStream(body, BOUNDARY);
        var parts = new ArrayList<Read>();
        for (var part = form.next(); part.isPresent(); part = form.next()) {
            FormPart now = part.get();
            parts.add(
                    new Read(
                            now.name(),
                            now.fileName(),
                            now.contentType().orElse(""),
                            now.body().readAllBytes()));
        }
        return parts;
    }

    /// Gives its bytes in pieces of any size.
    private static final class Drips extends InputStream {

        private final ByteArrayInputStream bytes;
        private final Random random;

        Drips(byte[] bytes, Random random) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, Math.min(length, 1 + random.nextInt(40)));
        }
    }
}
