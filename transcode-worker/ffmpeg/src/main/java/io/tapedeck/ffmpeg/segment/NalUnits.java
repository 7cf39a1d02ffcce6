package io.tapedeck.ffmpeg.segment;

import java.util.ArrayList;
import java.util.List;

/// NAL units of H.264 between start codes (ISO/IEC 14496-10 Annex B).
final class NalUnits {

    static final int IDR = 5;
    static final int SEI = 6;
    static final int SPS = 7;
    static final int PPS = 8;
    static final int DELIMITER = 9;

    private static final int START_CODE_BYTES = 3;

    private NalUnits() {}

    /// @param from where its start code of three bytes begins
    /// @param to its end, without the zeros that may follow it
    record Unit(int type, int from, int to) {

        /// Its first byte, which tells its type.
        int header() {
            return from + START_CODE_BYTES;
        }
    }

    static List<Unit> of(byte[] annexB) {
        var units = new ArrayList<Unit>();
        int from = startCode(annexB, 0);
        while (from + START_CODE_BYTES < annexB.length) {
            int next = startCode(annexB, from + START_CODE_BYTES);
            int to = next;
            while (to > from + START_CODE_BYTES + 1 && annexB[to - 1] == 0) {
                to--;
            }
            units.add(new Unit(annexB[from + START_CODE_BYTES] & 0x1F, from, to));
            from = next;
        }
        return units;
    }

    /// The next start code of three bytes, or the end.
    private static int startCode(byte[] b, int from) {
        int i = from + 2;
        while (i < b.length) {
            if (b[i] == 0) {
                i++;
            } else if (b[i] == 1 && b[i - 1] == 0 && b[i - 2] == 0) {
                return i - 2;
            } else {
                i += 3;
            }
        }
        return b.length;
    }
}
