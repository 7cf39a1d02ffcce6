package io.tapedeck.timeline.mp4;

import static io.tapedeck.timeline.Mp4Bytes.full;
import static io.tapedeck.timeline.Mp4Bytes.join;
import static io.tapedeck.timeline.Mp4Bytes.one;
import static io.tapedeck.timeline.Mp4Bytes.u16;
import static io.tapedeck.timeline.Mp4Bytes.u32;
import static io.tapedeck.timeline.Mp4Bytes.u64;

import io.tapedeck.timeline.Mp4Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Writes MP4 files with an index in one piece for tests, independently of who reads them: H.264 of
/// 30 pictures a second, in groups of pictures that are shown in another order, and AAC.
final class FileOfTables {

    static final int PICTURE_UNITS = 15_360;
    static final int PICTURE_DURATION = 512;
    static final int SOUND_UNITS = 48_000;
    static final int SOUND_DURATION = 1024;

    /// High profile, two pictures out of order.
    private static final String AVCC =
            "0164000dffe100196764000dacd94141fb0110000003001000000303c0f1429960"
                    + "01000668ebe3cb22c0";

    /// How much later than decoded the pictures of a group are shown: I P b b P b b …
    private static final int[] DELAYS = {1, 3, 0, 0};

    /// A frame that was written.
    record Written(boolean picture, long offset, byte[] payload, long shownUnits, boolean key) {}

    private final int pictures;
    private final int sounds;
    private int group = 30;
    private int samplesPerChunk = 7;
    private boolean indexFirst;
    private boolean wide;
    private boolean compact;
    private boolean reordered = true;
    private byte[] pictureEdits = {};
    private byte[] soundEdits = {};
    private byte[] more = {};
    private boolean external;
    private final List<Written> written = new ArrayList<>();

    FileOfTables(int pictures, int sounds) {
        this.pictures = pictures;
        this.sounds = sounds;
    }

    FileOfTables group(int size) {
        group = size;
        return this;
    }

    FileOfTables samplesPerChunk(int count) {
        samplesPerChunk = count;
        return this;
    }

    FileOfTables indexFirst() {
        indexFirst = true;
        return this;
    }

    /// Places and data of 64 bits.
    FileOfTables wide() {
        wide = true;
        return this;
    }

    FileOfTables compact() {
        compact = true;
        return this;
    }

    FileOfTables inOrder() {
        reordered = false;
        return this;
    }

    FileOfTables pictureEdits(byte[] edits) {
        pictureEdits = edits;
        return this;
    }

    FileOfTables soundEdits(byte[] edits) {
        soundEdits = edits;
        return this;
    }

    FileOfTables inTheIndex(byte[] box) {
        more = box;
        return this;
    }

    FileOfTables external() {
        external = true;
        return this;
    }

    /// What [#toByteArray] wrote, pictures before sounds.
    List<Written> written() {
        return written;
    }

    byte[] toByteArray() {
        byte[] index = index(0);
        int before = indexFirst ? index.length : 0;
        byte[] ftyp = one("ftyp", u32(0), u32(512));
        long dataAt = ftyp.length + before + (wide ? 16 : 8);
        index = index(dataAt);
        byte[] data = data();
        byte[] mdat =
                wide
                        ? join(u32(1), "mdat".getBytes(), u64(data.length + 16L), data)
                        : one("mdat", data);
        return indexFirst ? join(ftyp, index, mdat) : join(ftyp, mdat, index);
    }

    private byte[] data() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Written> inFile = new ArrayList<>(written);
        inFile.sort((a, b) -> Long.compare(a.offset(), b.offset()));
        inFile.forEach(one -> all.writeBytes(one.payload()));
        return all.toByteArray();
    }

    /// Chunks of pictures and sound take turns, each about as long.
    private byte[] index(long dataAt) {
        written.clear();
        List<Long> pictureChunks = new ArrayList<>();
        List<Long> soundChunks = new ArrayList<>();
        List<Written> heard = new ArrayList<>();
        long at = dataAt;
        int picture = 0;
        int sound = 0;
        while (picture < pictures || sound < sounds) {
            if (picture < pictures) {
                pictureChunks.add(at);
            }
            for (int i = 0; i < samplesPerChunk && picture < pictures; i++) {
                Written one = picture(picture++, at);
                written.add(one);
                at += one.payload().length;
            }
            if (sound < sounds) {
                soundChunks.add(at);
            }
            for (int i = 0; i < samplesPerChunk && sound < sounds; i++) {
                Written one = sound(sound++, at);
                heard.add(one);
                at += one.payload().length;
            }
        }
        written.addAll(heard);
        List<byte[]> traks = new ArrayList<>();
        if (pictures > 0) {
            traks.add(pictureTrak(pictureChunks));
        }
        if (sounds > 0) {
            traks.add(soundTrak(soundChunks, heard));
        }
        return one("moov", Mp4Bytes.mvhd(1000), join(traks.toArray(byte[][]::new)), more);
    }

    private Written picture(int number, long at) {
        boolean key = number % group == 0;
        byte[] unit = new byte[20 + number % 13];
        unit[3] = (byte) (unit.length - 4);
        unit[4] = (byte) (key ? 0x65 : 0x41);
        unit[5] = (byte) (number >> 8);
        unit[6] = (byte) number;
        long shown = (long) number * PICTURE_DURATION + delay(number);
        return new Written(true, at, unit, shown, key);
    }

    private int delay(int number) {
        if (!reordered) {
            return 0;
        }
        int inGroup = number % group;
        int last = group - 1 - (group - 1) % 3;
        int place = inGroup == 0 ? 0 : inGroup > last ? -1 : 1 + (inGroup - 1) % 3;
        return (place < 0 ? 1 : DELAYS[place]) * PICTURE_DURATION;
    }

    private static Written sound(int number, long at) {
        byte[] payload = {0x21, (byte) (number >> 8), (byte) number, 7};
        return new Written(false, at, payload, (long) number * SOUND_DURATION, true);
    }

    private byte[] pictureTrak(List<Long> chunks) {
        byte[] avcc = one("avcC", HexFormat.of().parseHex(AVCC));
        byte[] entry = one("avc1", new byte[24], u16(320), u16(240), new byte[50], avcc);
        List<Written> own = written.stream().filter(Written::picture).toList();
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> delays = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).key()) {
                keys.add(u32(i + 1));
            }
            delays.add(join(u32(1), u32(delay(i))));
        }
        byte[] stss = full("stss", 0, 0, u32(keys.size()), join(keys.toArray(byte[][]::new)));
        byte[] ctts = full("ctts", 0, 0, u32(delays.size()), join(delays.toArray(byte[][]::new)));
        byte[] stts = full("stts", 0, 0, u32(1), u32(pictures), u32(PICTURE_DURATION));
        return trak(
                1,
                "vide",
                PICTURE_UNITS,
                entry,
                pictureEdits,
                join(stts, reordered ? ctts : new byte[0], stss, places(chunks, own)));
    }

    private byte[] soundTrak(List<Long> chunks, List<Written> heard) {
        byte[] esds = full("esds", 0, 0, Mp4Bytes.esds("1190"));
        byte[] stts = full("stts", 0, 0, u32(1), u32(sounds), u32(SOUND_DURATION));
        return trak(
                2,
                "soun",
                SOUND_UNITS,
                Mp4Bytes.soundEntry("mp4a", esds),
                soundEdits,
                join(stts, places(chunks, heard)));
    }

    private byte[] places(List<Long> chunks, List<Written> own) {
        int last = own.size() - (chunks.size() - 1) * samplesPerChunk;
        byte[] stsc =
                full(
                        "stsc",
                        0,
                        0,
                        u32(2),
                        join(u32(1), u32(samplesPerChunk), u32(1)),
                        join(u32(chunks.size()), u32(last), u32(1)));
        ByteArrayOutputStream sizes = new ByteArrayOutputStream();
        own.forEach(one ->
                sizes.writeBytes(
                        compact
                                ? new byte[] {(byte) one.payload().length}
                                : u32(one.payload().length)));
        byte[] stsz =
                compact
                        ? full("stz2", 0, 0, u32(8), u32(own.size()), sizes.toByteArray())
                        : full("stsz", 0, 0, u32(0), u32(own.size()), sizes.toByteArray());
        ByteArrayOutputStream offsets = new ByteArrayOutputStream();
        chunks.forEach(at -> offsets.writeBytes(wide ? u64(at) : u32(at.intValue())));
        byte[] stco = full(wide ? "co64" : "stco", 0, 0, u32(chunks.size()), offsets.toByteArray());
        return join(stsc, stsz, stco);
    }

    private byte[] trak(
            int number, String handler, int units, byte[] entry, byte[] edits, byte[] tables) {
        byte[] mdhd = full("mdhd", 0, 0, new byte[8], u32(units), new byte[8]);
        byte[] hdlr = full("hdlr", 0, 0, u32(0), handler.getBytes(), new byte[13]);
        byte[] stsd = full("stsd", 0, 0, u32(1), entry);
        byte[] dref = full("dref", 0, 0, u32(1), full("url ", 0, external ? 0 : 1));
        byte[] minf = one("minf", one("dinf", dref), one("stbl", stsd, tables));
        byte[] tkhd = full("tkhd", 0, 3, new byte[8], u32(number), new byte[68]);
        return one("trak", tkhd, edits, one("mdia", mdhd, hdlr, minf));
    }

    /// A file in memory that counts what is read of it.
    static final class Memory implements FileBytes {

        private final byte[] bytes;
        private long read;

        Memory(byte[] bytes) {
            this.bytes = bytes;
        }

        long read() {
            return read;
        }

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public byte[] read(long offsetBytes, int lengthBytes) {
            read += lengthBytes;
            if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes + lengthBytes > bytes.length) {
                throw new AssertionError("read outside of the file");
            }
            byte[] some = new byte[lengthBytes];
            System.arraycopy(bytes, (int) offsetBytes, some, 0, lengthBytes);
            return some;
        }
    }
}
