package io.tapedeck.ffmpeg.matroska;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Track;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatroskaWriterTest {

    private static final String HEADER =
            "1a45dfa3a3 42868101 42f78101 42f28104 42f38108"
                    + "428288 6d6174726f736b61 42878104 42858102"
                    + "18538067 01ffffffffffffff"
                    + "1549a9669b 2ad7b18101 4d8088 5461706564 65636b 574188 5461706564 65636b";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesTheHeaderOnceAndEachFrameAsAClusterOfItsOwn() throws Exception {
        var writer =
                new MatroskaWriter(
                        out,
                        Optional.of(
                                MatroskaWriter.Pictures.of(
                                        new Track.Video(9, Track.VideoCodec.VP8, 640, 480))),
                        Optional.empty());
        writer.picture(90_000, true, new byte[] {1, 2, 3});
        writer.picture(90_001, false, new byte[] {4});

        assertThat(written())
                .isEqualTo(
                        hex(
                                HEADER
                                        + "1654ae6ba8 aea6 d78101 73c58101 838101 9c8100"
                                        + "8685 565f565038 23e38384 01fca055 e088 b0820280 ba8201e0"
                                        // 1 s in nanoseconds
                                        + "1f43b6758f e7843b9aca00 a387 81 0000 80 010203"
                                        // and 11111 ns later
                                        + "1f43b6758d e7843b9af567 a385 81 0000 00 04"));
    }

    @Test
    void soundIsCountedInSamplesAndHasNoPreSkip() throws Exception {
        byte[] said = HexFormat.of().parseHex("4f707573486561640101380180bb00000001" + "00");
        var writer =
                new MatroskaWriter(
                        out,
                        Optional.empty(),
                        Optional.of(new Track.Audio(1, Track.AudioCodec.OPUS, 1, said)));
        writer.sound(1, new byte[] {7});

        assertThat(written())
                .isEqualTo(
                        hex(
                                HEADER
                                        + "1654ae6bbc aeba d78102 73c58102 838102 9c8100"
                                        + "8686 415f4f505553"
                                        // gain stays, pre-skip does not
                                        + "63a293 4f70757348656164 0101 0000 80bb0000 0001 00"
                                        + "e18d b588 40e7700000000000 9f8101"
                                        + "1f43b6758b e78251 61 a385 82 0000 80 07"));
    }

    @Test
    void aacHasItsHeaderWrittenAnew() throws Exception {
        byte[] said = HexFormat.of().parseHex("121056e500ff");
        new MatroskaWriter(
                out,
                Optional.empty(),
                Optional.of(new Track.Audio(1, Track.AudioCodec.AAC, 2, said, 44_100, 0)));

        assertThat(written())
                .contains(hex("8685 415f414143 63a282 1210 e18d b588 40e5888000000000 9f8102"));
    }

    @Test
    void headersThatMakeNoSenseAreReplaced() throws Exception {
        new MatroskaWriter(
                out,
                Optional.empty(),
                Optional.of(
                        new Track.Audio(
                                1,
                                Track.AudioCodec.OPUS,
                                200,
                                "OpusHeadGarbage!!!!!".getBytes(US_ASCII))));

        assertThat(written()).contains(hex("4f70757348656164 0102 0000 80bb0000 0000 00"));
    }

    @Test
    void surroundKeepsItsMapping() throws Exception {
        byte[] said =
                HexFormat.of()
                        .parseHex(
                                "4f7075734865616401" + "06380180bb000000000104" + "02000401020305");
        new MatroskaWriter(
                out,
                Optional.empty(),
                Optional.of(new Track.Audio(1, Track.AudioCodec.OPUS, 6, said)));

        assertThat(written()).contains(hex("0106000080bb0000000001 0402000401020305"));
    }

    @Test
    void largeFramesGetLongSizes() throws Exception {
        var writer =
                new MatroskaWriter(
                        out, Optional.of(MatroskaWriter.Pictures.raw(16, 16)), Optional.empty());
        out.reset();
        writer.picture(0, true, new byte[1000]);

        assertThat(written())
                .startsWith(hex("1f43b675 01000000000003f8 e78100 a3 01000000000003ec 81 0000 80"))
                .hasSize(2 * (12 + 3 + 9 + 4 + 1000));
    }

    private String written() {
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static String hex(String text) {
        return text.replace(" ", "");
    }
}
