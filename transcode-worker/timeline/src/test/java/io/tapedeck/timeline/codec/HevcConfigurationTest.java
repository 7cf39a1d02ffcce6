package io.tapedeck.timeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HevcConfigurationTest {

    /// x265's of 320x240, with pictures that are reordered in a pyramid.
    private static final byte[] SPS =
            HexFormat.of()
                    .parseHex(
                            "42010101600000030090000003000003003ca00a080f165959a4932bc05a02"
                                    + "0000030002000003003210");

    private static byte[] header() {
        return ByteBuffer.allocate(23 + 5 + SPS.length)
                .put(0, (byte) 1)
                .put(21, (byte) 3)
                .put(22, (byte) 1)
                .position(23)
                .put((byte) 0xA1)
                .putShort((short) 1)
                .putShort((short) SPS.length)
                .put(SPS)
                .array();
    }

    @Test
    void tellsSizesSetsAndOrder() {
        HevcConfiguration configuration = HevcConfiguration.read(header()).orElseThrow();

        assertThat(configuration.lengthBytes()).isEqualTo(4);
        assertThat(configuration.reorderedPictures()).isEqualTo(2);
        assertThat(configuration.parameterSets()).startsWith(0, 0, 0, 1, 0x42).endsWith(SPS);
    }

    @Test
    void keyframesGetTheSetsUnlessTheyHaveThem() {
        HevcConfiguration configuration = HevcConfiguration.read(header()).orElseThrow();
        byte[] slice = {0, 0, 0, 3, 0x26, 1, 9};
        byte[] own =
                ByteBuffer.allocate(13).put(new byte[] {0, 0, 0, 2, 0x42, 1}).put(slice).array();

        assertThat(configuration.annexB(slice, false)).containsExactly(0, 0, 0, 1, 0x26, 1, 9);
        assertThat(configuration.annexB(slice, true))
                .hasSize(4 + SPS.length + 7)
                .endsWith(0, 0, 0, 1, 0x26, 1, 9);
        assertThat(configuration.annexB(own, true))
                .containsExactly(0, 0, 0, 1, 0x42, 1, 0, 0, 0, 1, 0x26, 1, 9);
    }

    @Test
    void damageIsNoFailure() {
        var random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(header(), 1 + random.nextInt(header().length));
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(
                            HevcConfiguration.read(bytes)
                                    .map(HevcConfiguration::reorderedPictures)
                                    .orElse(0))
                    .isBetween(0, 16);
        }
    }
}
