package io.tapedeck.timeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceParameterSetTest {

    /// x264's of 320x240: B-frames in a pyramid.
    private static final String PYRAMID = "6764000dacd94141fb0110000003001000000303c0f1429960";

    @ParameterizedTest
    @CsvSource({
        // Chromium's, Baseline
        "6742c01f8c8d40501ed3506060607844235001, 0",
        PYRAMID + ", 2",
        "00, -1",
        "6764000dac, -1"
    })
    void tellsHowManyPicturesAreReordered(String hex, int reordered) {
        assertThat(
                        SequenceParameterSet.read(HexFormat.of().parseHex(hex))
                                .map(SequenceParameterSet::reorderedPictures)
                                .orElse(-1))
                .isEqualTo(reordered);
    }

    /// x264's of 320x240, once of pictures and once of fields.
    @ParameterizedTest
    @CsvSource({PYRAMID + ", false", "67640015acd941410fcb808800000300080000030190f8a14cb0, true"})
    void tellsWhetherPicturesMayBeFields(String hex, boolean interlaced) {
        assertThat(SequenceParameterSet.read(HexFormat.of().parseHex(hex)))
                .map(SequenceParameterSet::interlaced)
                .contains(interlaced);
    }

    @Test
    void damageIsNoFailure() {
        byte[] good = HexFormat.of().parseHex(PYRAMID);
        var random = new Random(20261121);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Optional<SequenceParameterSet> set = SequenceParameterSet.read(bytes);
            assertThat(set.map(SequenceParameterSet::reorderedPictures).orElse(0))
                    .isBetween(0, SequenceParameterSet.MOST_REORDERED);
        }
    }
}
