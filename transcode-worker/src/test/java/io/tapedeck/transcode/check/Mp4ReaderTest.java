package io.tapedeck.transcode.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Mp4ReaderTest {

    private static final byte[] INDEX =
            box(
                    "moov",
                    box("mvhd", new byte[12], u32(1000), u32(2500), new byte[80]),
                    track("vide", 75),
                    track("soun", 117),
                    track("text", 3));

    @Test
    void theIndexIsFoundWhereverItIs() throws Exception {
        byte[] ftyp = box("ftyp", new byte[8]);
        byte[] data = box("mdat", new byte[5000]);
        var expected = new Mp4Reader.Index(225_000, 75, 117);
        assertThat(read(join(ftyp, INDEX, data))).contains(expected);
        assertThat(read(join(ftyp, data, INDEX))).contains(expected);
        assertThat(read(join(ftyp, wide("mdat", new byte[5000]), INDEX))).contains(expected);
    }

    @Test
    void longTimesAreReadToo() throws Exception {
        byte[] mvhd =
                box(
                        "mvhd",
                        new byte[] {1},
                        new byte[19],
                        u32(90_000),
                        u32(1),
                        u32(7),
                        new byte[80]);
        assertThat(read(box("moov", mvhd)).orElseThrow().durationTicks()).isEqualTo((1L << 32) + 7);
    }

    @Test
    void aFileWithoutAnIndexHasNoAnswer() throws Exception {
        assertThat(read(box("ftyp", new byte[8]))).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[100])).isEmpty();
        assertThat(read(Arrays.copyOf(INDEX, INDEX.length - 1))).isEmpty();
    }

    private static Optional<Mp4Reader.Index> read(byte[] file) throws Exception {
        return Mp4Reader.read(
                file.length,
                (offset, length) -> Arrays.copyOfRange(file, (int) offset, (int) offset + length));
    }

    private static byte[] track(String handler, int samples) {
        return box(
                "trak",
                box("tkhd", new byte[84]),
                box(
                        "mdia",
                        box("hdlr", new byte[8], handler.getBytes(StandardCharsets.US_ASCII)),
                        box("minf", box("stbl", box("stsz", u32(0), u32(0), u32(samples))))));
    }

    private static byte[] box(String type, byte[]... body) {
        byte[] all = join(body);
        return join(u32(all.length + 8), type.getBytes(StandardCharsets.US_ASCII), all);
    }

    private static byte[] wide(String type, byte[] body) {
        return join(
                u32(1),
                type.getBytes(StandardCharsets.US_ASCII),
                u32(0),
                u32(body.length + 16),
                body);
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
