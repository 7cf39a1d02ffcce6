package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.fmp4.Fields;
import java.nio.ByteBuffer;

/// The sizes of a track's samples (`stsz`, `stz2`).
///
/// @param count of samples
/// @param sameBytes of all of them; 0 where each has its own
/// @param bits of each entry
record Sizes(long count, long sameBytes, int bits, ByteBuffer bytes) {

    static Sizes plain(Fields stsz) throws MalformedStreamException, NotIndexableException {
        long same = stsz.skip(4).u32();
        if (same != 0) {
            return new Sizes(stsz.u32(), same, 0, ByteBuffer.allocate(0));
        }
        Table table = Table.of(stsz, Integer.BYTES);
        return new Sizes(table.count(), 0, Integer.SIZE, table.bytes());
    }

    static Sizes compact(Fields stz2) throws MalformedStreamException, NotIndexableException {
        int bits = stz2.skip(7).u8();
        long count = stz2.u32();
        if ((bits != 4 && bits != 8 && bits != 16) || (count * bits + 7) / 8 > stz2.left()) {
            throw new NotIndexableException("a table of sizes makes no sense");
        }
        return new Sizes(count, 0, bits, stz2.view());
    }

    long of(long sample) {
        int at = (int) (sample * bits / Byte.SIZE);
        return switch (bits) {
            case 0 -> sameBytes;
            case 4 -> bytes.get(at) >> ((sample & 1) == 0 ? 4 : 0) & 15;
            case 8 -> bytes.get(at) & 0xFF;
            case 16 -> bytes.getShort(at) & 0xFFFF;
            default -> bytes.getInt(at) & 0xFFFF_FFFFL;
        };
    }
}
