package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.nio.ByteBuffer;

/// Looks for the beginning of a table (`moof`) or of a movie header (`moov`) in bytes behind a
/// hole: a size, its type, and the box that comes first in it, which is always of the same size.
/// Data do not look like these sixteen bytes by chance.
final class TableScan {

    static final int BYTES = 16;

    private static final long MFHD_OF_16_BYTES = 16L << 32 | BoxType.MFHD;

    /// Versions 0 and 1.
    private static final long MVHD_OF_108_BYTES = 108L << 32 | BoxType.MVHD;

    private static final long MVHD_OF_120_BYTES = 120L << 32 | BoxType.MVHD;

    /// More than a fragment of some minutes needs.
    static final long MAX_BYTES = 512 << 10;

    /// What came before the first byte is no part of a size: it is lost.
    private long before = -1;

    private long last = -1;

    /// Takes the next byte; says whether a box of interest has begun [#BYTES] bytes ago.
    boolean found(byte next) {
        before = before << 8 | last >>> 56;
        last = last << 8 | (next & 0xFF);
        return isBeginning() && before >>> 32 >= BYTES && before >>> 32 <= MAX_BYTES;
    }

    private boolean isBeginning() {
        return last == MFHD_OF_16_BYTES
                ? type() == BoxType.MOOF
                : (last == MVHD_OF_108_BYTES || last == MVHD_OF_120_BYTES)
                        && type() == BoxType.MOOV;
    }

    /// Of the box that was found.
    int type() {
        return (int) before;
    }

    long bodyBytes() {
        return (before >>> 32) - BoxHeader.SHORT_BYTES;
    }

    /// What of the box's body has passed.
    byte[] bodyStart() {
        return ByteBuffer.allocate(Long.BYTES).putLong(last).array();
    }

    void save(StateOutput out) {
        out.number(before).number(last);
    }

    static TableScan restore(StateInput in) {
        TableScan scan = new TableScan();
        scan.before = in.number();
        scan.last = in.number();
        return scan;
    }
}
