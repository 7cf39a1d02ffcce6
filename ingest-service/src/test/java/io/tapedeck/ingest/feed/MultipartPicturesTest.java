package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ingest.matroska.Jpegs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartPicturesTest {

    private static final byte[] FIRST = Jpegs.of(64, 48, 1);
    private static final byte[] SECOND = Jpegs.of(48, 64, 2);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000, 1 << 20})
    void readsPicturesHoweverTheyAreCut(int step) throws Exception {
        byte[] stream =
                stream(
                        "\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Length: "
                                + FIRST.length
                                + "\r\n\r\n",
                        FIRST,
                        "\r\n--b\r\ncontent-type:image/jpeg\r\n\r\n",
                        SECOND,
                        "\r\n--b--\r\n");
        assertThat(read(stream, "b", step)).containsExactly(sum(FIRST), sum(SECOND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame", "--frame", "", "----frame"})
    void takesBoundariesAsCamerasWriteThem(String declared) throws Exception {
        for (String line : List.of("--frame", "----frame")) {
            byte[] stream =
                    stream(line + "\n\n", FIRST, "\n" + line + "\r\n\r\n", SECOND, "\r\n" + line);
            assertThat(read(stream, declared, 100)).containsExactly(sum(FIRST), sum(SECOND));
        }
    }

    @Test
    void passesOverWhatIsNoPicture() throws Exception {
        byte[] stream =
                stream(
                        "--b\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>\r\n",
                        "--b\r\nContent-Type: image/jpeg\r\n\r\n",
                        FIRST,
                        "\r\n--b\r\nContent-Type: audio/basic\r\n\r\nxyz\r\n--b\r\n\r\n",
                        SECOND,
                        "\r\n--b\r\n");
        assertThat(read(stream, "b", 64)).containsExactly(sum(FIRST), sum(SECOND));
    }

    @Test
    void tellsAPictureAsSoonAsItIsThere() throws Exception {
        byte[] begun = stream("--b\r\nContent-Type: image/jpeg\r\n\r\n", FIRST);
        var in =
                new InputStream() {
                    private final InputStream bytes = new ByteArrayInputStream(begun);

                    @Override
                    public int read() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public int read(byte[] into, int from, int count) throws IOException {
                        int read = bytes.read(into, from, Math.min(count, 50));
                        if (read < 0) {
                            throw new AssertionError("waited for the next boundary");
                        }
                        return read;
                    }
                };
        assertThat(new MultipartPictures(in, "b").next())
                .map(MultipartPicturesTest::sum)
                .hasValue(sum(FIRST));
    }

    @Test
    void aWrongLengthCostsAPictureAndNoMore() throws Exception {
        byte[] stream =
                stream(
                        "--b\r\nContent-Length: 10\r\n\r\n",
                        FIRST,
                        "\r\n--b\r\nContent-Length: " + SECOND.length + "\r\n\r\n",
                        SECOND);
        assertThat(read(stream, "b", 512)).hasSize(2).contains(sum(SECOND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--", "-----"})
    void dashesAloneAreNoBoundary(String declared) throws Exception {
        byte[] stream = stream("--\r\n----\r\n--b\r\n\r\n", FIRST, "\r\n--b--\r\n");
        assertThat(read(stream, declared, 100)).containsExactly(sum(FIRST));
    }

    /// Each of them looks like the end of a boundary, and what is in front like its beginning.
    @Test
    @Timeout(10)
    void dashesWithoutEndCostNoMoreThanOtherBytes() {
        for (String declared : List.of("", "--", "b", "b-")) {
            refused(endless("--\r\n\r\n", "-"), declared);
            refused(endless("--b-\r\n\r\n", "-"), declared);
        }
    }

    @Test
    void whatHasNoEndIsRefused() {
        refused(endless("--b\r\n\r\n", "x"), "b");
        refused(endless("--b\r\n", "x"), "b");
        refused(endless("--b\r\n", "a: b\r\n"), "b");
        refused(endless("", "x"), "b");
        refused(endless("", "x\n"), "b");
        refused(endless("--b\r\nContent-Length: 99999999\r\n\r\n", "x"), "b");
        refused(endless("--b\r\nContent-Length: 99999999999999\r\n\r\n", "x"), "b");
        refused(endless("--b\r\nContent-Length: -4\r\n\r\n", "x"), "b");
    }

    @Test
    void whateverTheBytesNothingElseHappens() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] good =
                stream(
                        "--b\r\nContent-Length: " + FIRST.length + "\r\n\r\n",
                        FIRST,
                        "\r\n--b\r\n\r\n",
                        SECOND,
                        "\r\n--b--\r\n");
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = good.clone();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(bytes, "b", 1 + random.nextInt(900)).size())
                        .as("seed %d", seed)
                        .isLessThan(20);
            } catch (FeedIoException e) {
                assertThat(e.reason().code()).isEqualTo("camera-not-understood");
            }
        }
    }

    private static void refused(InputStream in, String boundary) {
        var pictures = new MultipartPictures(in, boundary);
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> {
                    while (pictures.next().isPresent()) {
                        // There is none that is whole.
                    }
                })
                .matches(e -> e.reason().code().equals("camera-not-understood"));
    }

    private static List<String> read(byte[] stream, String boundary, int step) throws IOException {
        var in =
                new ByteArrayInputStream(stream) {
                    @Override
                    public int read(byte[] into, int from, int count) {
                        return super.read(into, from, Math.min(count, step));
                    }
                };
        var pictures = new MultipartPictures(in, boundary);
        var found = new ArrayList<String>();
        var next = pictures.next();
        while (next.isPresent()) {
            found.add(sum(next.get()));
            next = pictures.next();
        }
        return found;
    }

    private static InputStream endless(String begin, String repeated) {
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                String text = at < begin.length() ? begin : repeated;
                int place =
                        (int) (at < begin.length() ? at : (at - begin.length()) % text.length());
                at++;
                if (at > 64 << 20) {
                    throw new AssertionError("read on and on");
                }
                return text.charAt(place);
            }
        };
    }

    private static byte[] stream(Object... pieces) {
        var out = new ByteArrayOutputStream();
        for (Object piece : pieces) {
            out.writeBytes(piece instanceof byte[] b ? b : ((String) piece).getBytes(ISO_8859_1));
        }
        return out.toByteArray();
    }

    /// Short enough to be shown when a test fails.
    private static String sum(byte[] bytes) {
        return bytes.length + " bytes " + Arrays.hashCode(bytes);
    }
}
