package io.tapedeck.timeline.webm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.LaceBytes;
import io.tapedeck.timeline.MalformedStreamException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LacingTest {

    private static List<String> frames(LaceBytes lace, String payload) throws Exception {
        return Lacing.frames(0x80 | lace.flags(), HexFormat.of().parseHex(payload), 77).stream()
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    /// The example of RFC 9559 section 10.3.2: frames of 800, 500 and 1000 bytes.
    @Test
    void sizesInTheMannerOfXiph() throws Exception {
        String payload = "02" + "ffffff23" + "fff5" + "aa".repeat(800) + "bb".repeat(500);

        assertThat(frames(LaceBytes.XIPH, payload + "cc".repeat(1000)))
                .containsExactly("aa".repeat(800), "bb".repeat(500), "cc".repeat(1000));
    }

    /// The example of RFC 9559 section 10.3.3: the same, of which the second one has 300 less.
    @Test
    void sizesInTheMannerOfEbml() throws Exception {
        String payload = "02" + "4320" + "5ed3" + "aa".repeat(800) + "bb".repeat(500);

        assertThat(frames(LaceBytes.EBML, payload + "cc".repeat(1000)))
                .containsExactly("aa".repeat(800), "bb".repeat(500), "cc".repeat(1000));
    }

    @Test
    void framesOfOneSize() throws Exception {
        assertThat(frames(LaceBytes.FIXED_SIZE, "02" + "aaaabbbbcccc"))
                .containsExactly("aaaa", "bbbb", "cccc");
    }

    @ParameterizedTest
    @EnumSource
    void oneFrameOrAllThatFitIn(LaceBytes lace) throws Exception {
        for (int count : new int[] {1, 256}) {
            List<byte[]> frames = Stream.generate(() -> new byte[] {7, 7}).limit(count).toList();

            assertThat(Lacing.frames(lace.flags(), lace.payload(frames), 0))
                    .hasSize(count)
                    .allSatisfy(frame -> assertThat(frame).containsExactly(7, 7));
        }
    }

    @Test
    void framesMayBeEmpty() throws Exception {
        assertThat(frames(LaceBytes.XIPH, "02" + "0001" + "aa")).containsExactly("", "aa", "");
    }

    @ParameterizedTest
    @CsvSource({
        "XIPH, ''", // not even how many
        "XIPH, 02ff", // ends in a size
        "XIPH, 0103aaaa", // larger than what is there
        "XIPH, fffefefe", // no more sizes
        "EBML, ''",
        "EBML, 01", // no size
        "EBML, 0100aa", // no variable-size integer
        "EBML, 0140", // ends in one
        "EBML, 01ffaa", // a size that is not known
        "EBML, 0183aaaa", // larger than what is there
        "EBML, 028180aa", // 62 less than the one before
        "EBML, 0201ffffffffffffe0aa", // a huge one
        "EBML, 028101ffffffffffffe0aa", // by a huge one more
        "FIXED_SIZE, 01aabbcc", // not whole
    })
    void impossibleSizesAreRefused(LaceBytes lace, String payload) {
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> frames(lace, payload))
                .withMessageContaining("byte 77")
                .withMessageContaining("impossible sizes");
    }
}
