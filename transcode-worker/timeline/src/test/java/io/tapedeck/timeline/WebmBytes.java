package io.tapedeck.timeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes WebM for tests, independently of the parser: elements, nested by hand.
public final class WebmBytes {

    /// Size of eight bytes that says "unknown".
    private static final byte[] UNKNOWN = HexFormat.of().parseHex("01ffffffffffffff");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// The header as Chromium writes it: VP8 640×480 as track 1, mono Opus as track 2.
    public static WebmBytes recording() {
        return new WebmBytes()
                .ebml("webm")
                .openSegment()
                .info(1_000_000)
                .tracks(video(1, "V_VP8"), audio(2, "A_OPUS", 0));
    }

    public WebmBytes ebml(String docType) {
        return element("1a45dfa3", of("4282", docType));
    }

    public WebmBytes openSegment() {
        return hex("18538067").bytes(UNKNOWN);
    }

    public WebmBytes info(long scaleNanos) {
        return element("1549a966", of("2ad7b1", scaleNanos));
    }

    public WebmBytes tracks(byte[]... entries) {
        WebmBytes all = new WebmBytes();
        for (byte[] entry : entries) {
            all.bytes(entry);
        }
        return element("1654ae6b", all.toByteArray());
    }

    public static byte[] video(int number, String codecId) {
        byte[] size = join(of("b0", 640), of("ba", 480));
        return track(number, 1, codecId, of("e0", size));
    }

    public static byte[] audio(int number, String codecId, int preSkip) {
        byte[] head =
                ByteBuffer.allocate(19)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                        .put((byte) 1)
                        .put((byte) 1)
                        .putShort((short) preSkip)
                        .putInt(48_000)
                        .array();
        return track(number, 2, codecId, of("63a2", head));
    }

    public static byte[] track(int number, int type, String codecId, byte[]... more) {
        byte[] entry = join(of("d7", number), of("83", type), of("86", codecId));
        return of("ae", join(entry, join(more)));
    }

    /// A cluster that does not know its size.
    public WebmBytes openCluster(long time) {
        return hex("1f43b675").bytes(UNKNOWN).element("e7", longBytes(time));
    }

    public WebmBytes simpleBlock(int track, int time, boolean keyframe, byte[] payload) {
        return element("a3", block(track, time, keyframe ? 0x80 : 0, payload));
    }

    /// A picture.
    public WebmBytes picture(int time, boolean keyframe) {
        return simpleBlock(1, time, keyframe, new byte[] {(byte) (keyframe ? 0 : 1), 2, 3, 4});
    }

    /// 20 ms of sound.
    public WebmBytes sound(int time) {
        return simpleBlock(2, time, true, opus20Millis());
    }

    /// One CELT frame of 20 ms, one byte long.
    public static byte[] opus20Millis() {
        return new byte[] {(byte) 0xF8, 1};
    }

    public static byte[] block(int track, int time, int flags, byte[] payload) {
        return ByteBuffer.allocate(4 + payload.length)
                .put((byte) (0x80 | track))
                .putShort((short) time)
                .put((byte) flags)
                .put(payload)
                .array();
    }

    public WebmBytes hex(String hex) {
        return bytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    public WebmBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public WebmBytes element(String id, byte[]... body) {
        return bytes(of(id, join(body)));
    }

    public static byte[] of(String id, long number) {
        return of(id, longBytes(number));
    }

    public static byte[] of(String id, String text) {
        return of(id, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// An element with a size of four bytes.
    public static byte[] of(String id, byte[] body) {
        return new WebmBytes()
                .hex(id)
                .bytes(ByteBuffer.allocate(4).putInt(0x10000000 | body.length).array())
                .bytes(body)
                .toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private static byte[] longBytes(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }
}
