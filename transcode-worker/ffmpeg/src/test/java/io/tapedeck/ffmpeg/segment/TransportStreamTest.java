package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TransportStreamTest {

    @Test
    void readsTheCodecFromTheFirstSps() {
        assertThat(
                        SegmentContents.avcCodec(
                                hex("00000001 09f0 00000001 6764001f acd9 000001 68eb")))
                .contains("avc1.64001f");
        assertThat(SegmentContents.avcCodec(hex("000001 41 9a24 6c41"))).isEmpty();
    }

    @Test
    void countsAdtsFramesAndReadsTheirObjectType() {
        // AAC LC, 48 kHz, stereo, 9 bytes in all.
        byte[] twice = hex("fff14c80013ffc 2110 fff14c80013ffc 2110");

        assertThat(Adts.frames(twice)).hasSize(2);
        assertThat(Adts.codec(twice)).contains("mp4a.40.2");
        assertThat(Adts.frames(new byte[20])).isEmpty();
        assertThat(Adts.codec(new byte[0])).isEmpty();
    }

    @Test
    void anythingElseHasNothingInIt() {
        assertThat(TransportStream.read(new byte[188 * 3 + 5]).streams()).isEmpty();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
