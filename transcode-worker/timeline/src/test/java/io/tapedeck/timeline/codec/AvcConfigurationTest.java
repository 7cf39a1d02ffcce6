package io.tapedeck.timeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AvcConfigurationTest {

    private static final byte[] HEADER = hex("0142c01fff e1 0003 674201 01 0002 68ce");
    private static final String SETS = "00000001674201" + "0000000168ce";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static String annexB(String picture, boolean keyframe) {
        AvcConfiguration header = AvcConfiguration.read(HEADER).orElseThrow();
        return HexFormat.of().formatHex(header.annexB(hex(picture), keyframe));
    }

    @Test
    void aKeyframeGetsTheParameterSets() {
        assertThat(annexB("00000002 65b8 00000001 0c", true))
                .isEqualTo(SETS + "0000000165b8" + "000000010c");
    }

    @Test
    void oneWithItsOwnKeepsThese() {
        assertThat(annexB("00000002 6742 00000002 68ce 00000001 65", true))
                .isEqualTo("000000016742" + "0000000168ce" + "0000000165");
    }

    @Test
    void otherPicturesAreOnlyConverted() {
        assertThat(annexB("00000002 419a", false)).isEqualTo("00000001419a");
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        assertThat(annexB("00000001 41 00000009 419a", false)).isEqualTo("0000000141");
        assertThat(annexB("ffffffff 41", false)).isEmpty();
        assertThat(annexB("0000", false)).isEmpty();
        assertThat(annexB("00000000 00000001 41", false)).isEqualTo("0000000141");
    }

    @Test
    void lengthsMayBeShorter() {
        byte[] header = HEADER.clone();
        header[4] = (byte) 0xFC;
        AvcConfiguration short1 = AvcConfiguration.read(header).orElseThrow();
        assertThat(short1.annexB(hex("02 419a 01 41"), false))
                .isEqualTo(hex("00000001419a 0000000141"));
        header[4] = (byte) 0xFE;
        assertThat(AvcConfiguration.read(header)).isEmpty();
    }

    @Test
    void headersThatEndEarlyAreNone() {
        for (int length = 0; length < 9; length++) {
            assertThat(AvcConfiguration.read(Arrays.copyOf(HEADER, length))).isEmpty();
        }
    }
}
