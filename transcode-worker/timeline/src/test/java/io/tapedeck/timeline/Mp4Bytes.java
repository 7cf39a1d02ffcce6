package io.tapedeck.timeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Writes MP4 for tests, independently of the parser: boxes, nested by hand.
public final class Mp4Bytes {

    public static final int PICTURES = 1;
    public static final int SOUND = 2;

    /// Of a box whose size fits 32 bits.
    public static final int HEADER_BYTES = 8;

    /// As Chromium counts pictures.
    public static final int PICTURE_UNITS = 30_000;

    private static final String AVCC =
            "0142c01fffe100126742c01f8c8d40501ed3506060607844235001000468ce3c80";
    private static final String DOPS = "00010f000000bb80000000";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int sequence;

    /// The header as Chromium writes it: H.264 640×480 as track 1, mono Opus as track 2.
    public static Mp4Bytes recording() {
        return new Mp4Bytes().ftyp().moov(pictures("avc3"), sound("Opus"));
    }

    public Mp4Bytes ftyp() {
        return box("ftyp", text("isom"), u32(512), text("isom"));
    }

    public Mp4Bytes moov(byte[]... traks) {
        return box("moov", mvhd(1000), join(traks), one("mvex", trex(PICTURES), trex(SOUND)));
    }

    public static byte[] mvhd(int unitsPerSecond) {
        return full("mvhd", 0, 0, new byte[8], u32(unitsPerSecond), new byte[84]);
    }

    public static byte[] trex(int track) {
        return full("trex", 0, 0, u32(track), u32(1), u32(0), u32(0), u32(0));
    }

    public static byte[] pictures(String coding) {
        return pictures(coding, PICTURE_UNITS);
    }

    public static byte[] pictures(String coding, int unitsPerSecond, byte[]... more) {
        byte[] avcc = one("avcC", HexFormat.of().parseHex(AVCC));
        byte[] entry = one(coding, new byte[24], u16(640), u16(480), new byte[50], avcc);
        return trak(PICTURES, "vide", unitsPerSecond, entry, more);
    }

    public static byte[] sound(String coding, byte[]... more) {
        byte[] header =
                coding.equals("Opus")
                        ? one("dOps", HexFormat.of().parseHex(DOPS))
                        : full("esds", 0, 0, esds("1190"));
        byte[] entry = soundEntry(coding, header);
        return trak(SOUND, "soun", 48_000, entry, more);
    }

    public static byte[] soundEntry(String coding, byte[] header) {
        return one(coding, new byte[16], u16(2), u16(16), new byte[4], u32(48_000 << 16), header);
    }

    /// @param config hexadecimal AudioSpecificConfig
    public static byte[] esds(String config) {
        byte[] specific = HexFormat.of().parseHex(config);
        byte[] decoder = join(new byte[] {0x40}, new byte[12], descriptor(5, specific));
        return descriptor(3, join(new byte[3], descriptor(4, decoder), descriptor(6, u8(2))));
    }

    private static byte[] descriptor(int tag, byte[] body) {
        return join(u8(tag), u8(0x80), u8(0x80), u8(0x80), u8(body.length), body);
    }

    public static byte[] trak(
            int track, String handler, int unitsPerSecond, byte[] entry, byte[]... more) {
        byte[] mdhd = full("mdhd", 0, 0, new byte[8], u32(unitsPerSecond), new byte[8]);
        byte[] hdlr = full("hdlr", 0, 0, u32(0), text(handler), new byte[13]);
        byte[] stsd = full("stsd", 0, 0, u32(1), entry);
        byte[] minf = one("minf", one("stbl", stsd));
        byte[] tkhd = full("tkhd", 0, 3, new byte[8], u32(track), new byte[68]);
        return one("trak", tkhd, join(more), one("mdia", mdhd, hdlr, minf));
    }

    /// An edit list of version 0.
    public static byte[] edits(int... durationsAndStarts) {
        byte[][] entries = new byte[durationsAndStarts.length][];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = u32(durationsAndStarts[i]);
            entries[i] = i % 2 == 0 ? entries[i] : join(entries[i], u32(0x10000));
        }
        return one("edts", full("elst", 0, 0, u32(entries.length / 2), join(entries)));
    }

    /// One sample of a fragment.
    ///
    /// @param composition how much later than decoded it is shown
    public record Coded(int duration, boolean keyframe, int composition, byte[] payload) {}

    /// A track's part of a fragment.
    public record Part(int track, long decodeTime, List<Coded> samples) {

        public byte[] payloads() {
            return join(samples.stream().map(Coded::payload).toArray(byte[][]::new));
        }
    }

    /// Samples of equal duration, the first one a keyframe; each payload is its number, 3 bytes.
    public static Part part(int track, long decodeTime, int duration, int count) {
        List<Coded> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(new Coded(duration, i == 0, 0, payload(track, i)));
        }
        return new Part(track, decodeTime, samples);
    }

    /// A packet of 20 ms of Opus, or a picture of as many bytes.
    public static byte[] payload(int track, int number) {
        int first = track == SOUND ? 0xF8 : 0;
        return new byte[] {(byte) first, (byte) (number >> 8), (byte) number};
    }

    /// A fragment as Chromium writes it: one table, all of one track's data before the other's.
    public Mp4Bytes fragment(Part... parts) {
        byte[][] data = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            data[i] = parts[i].payloads();
        }
        return moof(HEADER_BYTES, parts).box("mdat", data);
    }

    /// The table of a fragment whose data follow right behind, but for a header of so many bytes.
    public Mp4Bytes moof(int dataHeaderBytes, Part... parts) {
        byte[] draft = moof(sequence, 0, parts);
        return bytes(moof(sequence++, draft.length + dataHeaderBytes, parts));
    }

    private static byte[] moof(int sequence, int dataOffset, Part... parts) {
        byte[][] trafs = new byte[parts.length][];
        int offset = dataOffset;
        for (int i = 0; i < parts.length; i++) {
            trafs[i] =
                    one(
                            "traf",
                            full("tfhd", 0, 0x20000, u32(parts[i].track())),
                            full("tfdt", 1, 0, u64(parts[i].decodeTime())),
                            trun(offset, parts[i].samples()));
            offset += parts[i].payloads().length;
        }
        return one("moof", full("mfhd", 0, 0, u32(sequence)), join(trafs));
    }

    public static byte[] trun(int dataOffset, List<Coded> samples) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Coded sample : samples) {
            all.writeBytes(u32(sample.duration()));
            all.writeBytes(u32(sample.payload().length));
            all.writeBytes(u32(sample.keyframe() ? 0x02000000 : 0x01010000));
            all.writeBytes(u32(sample.composition()));
        }
        return full("trun", 1, 0xF01, u32(samples.size()), u32(dataOffset), all.toByteArray());
    }

    public Mp4Bytes box(String type, byte[]... parts) {
        return bytes(one(type, parts));
    }

    /// A box with a size of 64 bits.
    public Mp4Bytes longBox(String type, byte[]... parts) {
        byte[] body = join(parts);
        return bytes(join(u32(1), text(type), u64(body.length + 16L), body));
    }

    /// A box that says it goes on to the end.
    public Mp4Bytes endlessBox(String type, byte[]... parts) {
        return bytes(join(u32(0), text(type), join(parts)));
    }

    public Mp4Bytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    public static byte[] one(String type, byte[]... parts) {
        byte[] body = join(parts);
        return join(u32(body.length + HEADER_BYTES), text(type), body);
    }

    public static byte[] full(String type, int version, int flags, byte[]... parts) {
        return one(type, u32(version << 24 | flags), join(parts));
    }

    public static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    public static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    public static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    public static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    public static byte[] join(byte[]... parts) {
        return WebmBytes.join(parts);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
