package io.tapedeck.timeline;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Recordings whose frames are cut down to a few bytes each: the same structure and times, at a
/// fortieth of the size. Written independently of the parsers.
public final class Thinned {

    private static final int FRAME_BYTES = 6;
    private static final int BLOCK_HEAD_BYTES = 4;
    private static final int BOX_HEAD_BYTES = 8;

    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1F43B675;
    private static final int BLOCK_GROUP = 0xA0;
    private static final List<Integer> CUT = List.of(0xA1, 0xA3, 0x75A1);

    private static final byte[] UNKNOWN_SIZE = HexFormat.of().parseHex("01ffffffffffffff");

    private Thinned() {}

    /// @param recording WebM, Matroska or fragmented MP4 as Chromium and Firefox write them; what
    ///   it ends in the middle of is left out
    public static byte[] of(byte[] recording) {
        return recording[0] == 0x1A ? webm(recording) : mp4(recording);
    }

    private static byte[] webm(byte[] bytes) {
        WebmBytes out = new WebmBytes();
        int at = 0;
        while (at < bytes.length) {
            int idBytes = vintBytes(bytes[at]);
            int sizeBytes = at + idBytes < bytes.length ? vintBytes(bytes[at + idBytes]) : 8;
            int body = at + idBytes + sizeBytes;
            if (body > bytes.length) {
                break;
            }
            int id = (int) number(bytes, at, idBytes);
            if (id == SEGMENT || id == CLUSTER) {
                out.bytes(Arrays.copyOfRange(bytes, at, at + idBytes)).bytes(UNKNOWN_SIZE);
                at = body;
                continue;
            }
            long size = number(bytes, at + idBytes, sizeBytes) & ((1L << (7 * sizeBytes)) - 1);
            if (size > bytes.length - body) {
                break;
            }
            byte[] whole = Arrays.copyOfRange(bytes, body, body + (int) size);
            out.element(HexFormat.of().formatHex(bytes, at, at + idBytes), thinned(id, whole));
            at = body + (int) size;
        }
        return out.toByteArray();
    }

    private static byte[] thinned(int id, byte[] body) {
        if (id == BLOCK_GROUP) {
            return webm(body);
        }
        return CUT.contains(id)
                ? Arrays.copyOf(body, Math.min(body.length, BLOCK_HEAD_BYTES + FRAME_BYTES))
                : body;
    }

    private static int vintBytes(byte first) {
        return Integer.numberOfLeadingZeros(first & 0xFF) - 23;
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }

    private static byte[] mp4(byte[] bytes) {
        WebmBytes out = new WebmBytes();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] data = {};
        for (int at = 0; at + BOX_HEAD_BYTES <= bytes.length; ) {
            int size = in.getInt(at);
            if (size < BOX_HEAD_BYTES || size > bytes.length - at) {
                break;
            }
            byte[] box = Arrays.copyOfRange(bytes, at, at + size);
            switch (in.getInt(at + 4)) {
                case 0x6D6F6F66 -> {
                    WebmBytes thin = new WebmBytes();
                    thinTable(
                            ByteBuffer.wrap(box),
                            BOX_HEAD_BYTES,
                            size,
                            in.slice(at, bytes.length - at),
                            thin);
                    data = thin.toByteArray();
                    out.bytes(box);
                }
                case 0x6D646174 -> out.bytes(Mp4Bytes.one("mdat", data));
                default -> out.bytes(box);
            }
            at += size;
        }
        return out.toByteArray();
    }

    /// Cuts the sizes in a table, in place.
    ///
    /// @param from where its children are, up to `to`
    /// @param source the fragment, from its table on
    /// @param data collects what is left of the frames
    private static void thinTable(
            ByteBuffer moof, int from, int to, ByteBuffer source, WebmBytes data) {
        for (int at = from; at < to; at += moof.getInt(at)) {
            int type = moof.getInt(at + 4);
            if (type == 0x74726166) {
                thinTable(moof, at + BOX_HEAD_BYTES, at + moof.getInt(at), source, data);
            } else if (type == 0x7472756E) {
                thinRun(moof, at + BOX_HEAD_BYTES, source, data);
            }
        }
    }

    private static void thinRun(ByteBuffer moof, int at, ByteBuffer source, WebmBytes data) {
        int flags = moof.getInt(at) & 0xFFFFFF;
        if ((flags & 0x201) != 0x201) {
            throw new IllegalArgumentException("A run of frames without offset or sizes");
        }
        int frame = moof.getInt(at + 8);
        moof.putInt(at + 8, moof.capacity() + BOX_HEAD_BYTES + data.toByteArray().length);
        int entry = at + 12 + ((flags & 0x4) != 0 ? 4 : 0);
        int sizeAt = (flags & 0x100) != 0 ? 4 : 0;
        int entryBytes = 4 * Integer.bitCount(flags & 0xF00);
        for (int i = 0; i < moof.getInt(at + 4); i++, entry += entryBytes) {
            int size = moof.getInt(entry + sizeAt);
            byte[] payload = new byte[Math.min(size, FRAME_BYTES)];
            if (frame + payload.length <= source.capacity()) {
                source.get(frame, payload);
            }
            frame += size;
            moof.putInt(entry + sizeAt, payload.length);
            data.bytes(payload);
        }
    }
}
