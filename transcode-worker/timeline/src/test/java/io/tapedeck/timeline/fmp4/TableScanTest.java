package io.tapedeck.timeline.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Mp4Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TableScanTest {

    private static final byte[] TABLE =
            new Mp4Bytes()
                    .moof(Mp4Bytes.HEADER_BYTES, Mp4Bytes.part(Mp4Bytes.PICTURES, 0, 1000, 30))
                    .toByteArray();

    @Test
    void aWholeTableIsFound() {
        assertThat(found(TABLE)).isEqualTo(TableScan.BYTES);
    }

    @Test
    void aTableThatBeginsBeforeTheFirstByteIsNot() {
        for (int lost = 1; lost < 8; lost++) {
            assertThat(found(Arrays.copyOfRange(TABLE, lost, TABLE.length))).isEqualTo(-1);
        }
    }

    /// How many bytes it takes to find a table; -1 when there is none.
    private static int found(byte[] bytes) {
        var scan = new TableScan();
        for (int i = 0; i < bytes.length; i++) {
            if (scan.found(bytes[i])) {
                return i + 1;
            }
        }
        return -1;
    }
}
