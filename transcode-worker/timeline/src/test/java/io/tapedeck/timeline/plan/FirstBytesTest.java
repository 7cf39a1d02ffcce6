package io.tapedeck.timeline.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.WebmBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {

    @ParameterizedTest
    @CsvSource({
        "4f676753 0002000000000000, OGG",
        "664c6143 00000022 10001000, FLAC",
        "464c5601 05000000 09000000, FLV",
        "63616666 00010000 64657363, CAF",
        "2e736e64 00000018 00000000, AU",
        "2321414d520a3c0000000000, AMR",
        "000001ba 4400040004 01 0000, MPEG_PS",
        "726966662e91cf11a5d628db04c10000, W64",
        "3026b2758e66cf11a6d900aa0062ce6c, ASF",
        "52494646 24000000 57415645, WAV",
        "52463634 ffffffff 57415645, WAV",
        "42573634 ffffffff 57415645, WAV",
        "52494646 24000000 41564920, AVI",
        "464f524d 00000024 41494646, AIFF",
        "464f524d 00000024 41494643, AIFF"
    })
    void containersWithAMark(String hex, ForeignContainer container) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertForeign(Arrays.copyOf(bytes, 32), container);
    }

    @Test
    void transportStreamsAreToldByTheirPackets() {
        byte[] packets = new byte[3 * 188];
        byte[] timed = new byte[4 + 3 * 192];
        for (int i = 0; i < 3; i++) {
            packets[188 * i] = 0x47;
            timed[4 + 192 * i] = 0x47;
        }
        assertForeign(Arrays.copyOf(packets, 1024), ForeignContainer.MPEG_TS);
        assertForeign(Arrays.copyOf(timed, 1024), ForeignContainer.MPEG_TS);
        packets[188] = 0;
        assertNone(Arrays.copyOf(packets, 5000), "not a recording");
    }

    /// Frames of 417 bytes at 128 kbit/s and 44.1 kHz, and of 100 bytes of AAC.
    @Test
    void soundWithoutAHeaderIsToldByItsFrames() {
        byte[] mp3 = frames(417, "fffb9064");
        byte[] aac = frames(100, "fff15080 0c9ffc");
        assertForeign(mp3, ForeignContainer.MP3);
        assertForeign(aac, ForeignContainer.AAC);
        mp3[417] = 0;
        assertNone(mp3, "not a recording");
    }

    @Test
    void tagsOfAnyLengthArePassedOver() throws Exception {
        byte[] tag = HexFormat.of().parseHex("49443304000000010a00");
        int tagBytes = 10 + (1 << 14) + (10 << 7);
        byte[] tagged = WebmBytes.join(tag, new byte[tagBytes - 10], frames(417, "fffb9064"));
        assertForeign(tagged, ForeignContainer.MP3);
        for (int cut : new int[] {1, 9, 10, 11, 5000, tagBytes, tagBytes + 3}) {
            RunPlanner planner = SessionPlan.EMPTY.start(0);
            assertThat(planner.feed(ByteBuffer.wrap(tagged, 0, cut))).isEmpty();
            assertThat(planner.position()).isEqualTo(cut);
            RunPlanner restored = RunPlanner.restore(planner.save());
            assertThatExceptionOfType(ForeignContainerException.class)
                    .isThrownBy(
                            () -> restored.feed(ByteBuffer.wrap(tagged, cut, tagged.length - cut)));
        }
        byte[] empty = WebmBytes.join(tag, new byte[tagBytes + 5000]);
        assertNone(empty, "not a recording");
    }

    @ParameterizedTest
    @CsvSource({
        "#EXTM3U and so on it goes, playlist (M3U8)",
        "ffconcat version 1.0 and, joins other files",
        "FILE 'a.mp4' and so on it, joins other files",
        "http://somewhere.example/, a link",
        "WEBVTT and so on it goes, subtitles",
        "%PDF-1.7 and so on it goes, PDF",
        "{\"a\": \"film of some kind\"}, JSON",
        "<svg xmlns and so on it goes, SVG",
        "Dear diary; today nothing, text",
        "MZ is no word but a program, text",
        "BMW cars are what I like, text"
    })
    void whatIsNoRecordingSaysWhatItIs(String text, String what) {
        assertNone(text.getBytes(ISO_8859_1), what);
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a46494600010100000100010000, JPEG",
        "4d5a90000300000004000000ffff0000b8000000, program",
        "00000018667479706865696300000000686569630000, HEIC",
        "524946462400000057454250, WEBP",
        "fffe3c0068007400600000000000000000000000, text"
    })
    void soDoesWhatIsNoText(String hex, String what) {
        assertNone(Arrays.copyOf(HexFormat.of().parseHex(hex), 5000), what);
    }

    private static byte[] frames(int length, String head) {
        byte[] header = HexFormat.of().parseHex(head.replace(" ", ""));
        byte[] frames = new byte[5000];
        for (int at = 0; at + length < frames.length; at += length) {
            System.arraycopy(header, 0, frames, at, header.length);
        }
        return frames;
    }

    private static void assertForeign(byte[] bytes, ForeignContainer container) {
        assertThatExceptionOfType(ForeignContainerException.class)
                .isThrownBy(() -> feed(bytes))
                .withMessageContaining(container.title())
                .returns(container, ForeignContainerException::container);
    }

    private static void assertNone(byte[] bytes, String what) {
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> feed(bytes))
                .withMessageContaining(what)
                .withMessageContaining("Send the recording itself");
    }

    private static void feed(byte[] bytes) throws MediaException {
        SessionPlan.EMPTY.start(0).feed(ByteBuffer.wrap(bytes));
    }
}
