package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;

/// One picture of H.264 as a transport stream has it: Annex B behind an access unit delimiter.
///
/// @param ticks when to show it, in the run
/// @param decodeTicks when to decode it, at or before that
/// @param idr whether decoding can start here: an IDR picture behind its parameter sets
record AccessUnit(long ticks, long decodeTicks, boolean idr, byte[] bytes) {

    private static final byte[] DELIMITER = {0, 0, 0, 1, 9, (byte) 0xF0};

    /// A picture that an encoder here made. What it says besides (its name and settings) is left
    /// out.
    static AccessUnit encoded(long ticks, byte[] annexB) {
        return of(ticks, ticks, annexB, false);
    }

    /// A picture of the source, complete.
    static AccessUnit source(long ticks, long decodeTicks, byte[] annexB) {
        return of(ticks, decodeTicks, annexB, true);
    }

    private static AccessUnit of(long ticks, long decodeTicks, byte[] annexB, boolean complete) {
        var out = new ByteArrayOutputStream(annexB.length + 16);
        out.writeBytes(DELIMITER);
        boolean sps = false;
        boolean pps = false;
        boolean idr = false;
        for (var unit : NalUnits.of(annexB)) {
            sps |= unit.type() == NalUnits.SPS;
            pps |= unit.type() == NalUnits.PPS;
            idr |= unit.type() == NalUnits.IDR;
            boolean wanted =
                    unit.type() != NalUnits.DELIMITER && (complete || unit.type() != NalUnits.SEI);
            if (wanted) {
                if (unit.type() >= NalUnits.SEI) {
                    out.write(0);
                }
                out.write(annexB, unit.from(), unit.to() - unit.from());
            }
        }
        return new AccessUnit(ticks, decodeTicks, idr && sps && pps, out.toByteArray());
    }
}
