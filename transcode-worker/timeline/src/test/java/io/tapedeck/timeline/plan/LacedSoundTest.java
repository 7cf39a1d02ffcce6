package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.LaceBytes;
import io.tapedeck.timeline.WebmBytes;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Matroska as mkvmerge writes it: eight packets of sound in a block. The windows hold the same
/// frames as if each had a block of its own.
class LacedSoundTest {

    private static final int LACED = 8;
    private static final int PACKETS = 400;
    private static final int PICTURE_MILLIS = 40;

    /// @param head of each packet
    /// @param samples of each packet
    record Coding(byte[] track, byte[] head, int samples, int hertz) {}

    private static final Coding AAC =
            new Coding(
                    WebmBytes.track(2, 2, "A_AAC", WebmBytes.of("63a2", hex("1210"))),
                    hex("21"),
                    1024,
                    44_100);

    private static final Coding MP3 =
            new Coding(
                    WebmBytes.track(2, 2, "A_MPEG/L3", sound(48_000)), hex("fffb"), 1152, 48_000);

    private static final Coding AC3 =
            new Coding(
                    WebmBytes.track(2, 2, "A_AC3", sound(48_000)),
                    hex("0b77000014400000"),
                    1536,
                    48_000);

    static Stream<Arguments> laces() {
        return Stream.of(AAC, MP3, AC3)
                .flatMap(coding ->
                        Arrays.stream(LaceBytes.values()).map(lace -> Arguments.of(lace, coding)));
    }

    @ParameterizedTest
    @MethodSource("laces")
    void isAsGoodAsSoundInBlocksOfItsOwn(LaceBytes lace, Coding coding) throws Exception {
        byte[] laced = recording(coding, lace);
        byte[] plain = recording(coding, null);

        List<Window> windows = Plans.of(laced);

        List<Window> expected = Plans.of(plain);
        assertThat(windows).hasSameSizeAs(expected).hasSizeGreaterThan(3);
        for (int i = 0; i < windows.size(); i++) {
            assertThat(windows.get(i).endTicks()).isEqualTo(expected.get(i).endTicks());
            assertThat(frames(Plans.read(windows.get(i), laced)))
                    .isEqualTo(frames(Plans.read(expected.get(i), plain)));
        }
    }

    @ParameterizedTest
    @MethodSource("laces")
    void howeverTheBytesAreCut(LaceBytes lace, Coding coding) throws Exception {
        byte[] run = recording(coding, lace);
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>();
        for (int at = 0; at < run.length; at += 7) {
            windows.addAll(planner.feed(ByteBuffer.wrap(run, at, Math.min(7, run.length - at))));
            planner = RunPlanner.restore(planner.save());
        }
        windows.addAll(planner.end());
        assertThat(Plans.text(windows)).isEqualTo(Plans.text(Plans.all(List.of(run))));
    }

    /// @param lace null for a block each
    private static byte[] recording(Coding coding, @Nullable LaceBytes lace) {
        var bytes =
                new WebmBytes()
                        .ebml("matroska")
                        .openSegment()
                        .info(1_000_000)
                        .tracks(WebmBytes.video(1, "V_VP8"), coding.track());
        int picture = 0;
        for (int packet = 0; packet < PACKETS; packet += LACED) {
            long millis = packet * 1000L * coding.samples() / coding.hertz();
            bytes.openCluster(millis);
            for (; picture * PICTURE_MILLIS <= millis; picture++) {
                int time = (int) (picture * PICTURE_MILLIS - millis);
                bytes.simpleBlock(1, time, picture % 25 == 0, new byte[] {(byte) picture, 2, 3});
            }
            write(bytes, packets(coding, lace, packet), coding, lace);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> packets(Coding coding, @Nullable LaceBytes lace, int first) {
        List<byte[]> packets = new ArrayList<>();
        for (int number = first; number < first + LACED; number++) {
            int size = coding.samples() / 4 + (lace == LaceBytes.FIXED_SIZE ? 0 : number % 100);
            byte[] packet = Arrays.copyOf(coding.head(), size);
            packet[size - 1] = (byte) number;
            packets.add(packet);
        }
        return packets;
    }

    private static void write(
            WebmBytes bytes, List<byte[]> packets, Coding coding, @Nullable LaceBytes lace) {
        if (lace != null) {
            int flags = 0x80 | lace.flags();
            bytes.element("a3", WebmBytes.block(2, 0, flags, lace.payload(packets)));
            return;
        }
        for (int i = 0; i < packets.size(); i++) {
            int time = i * 1000 * coding.samples() / coding.hertz();
            bytes.simpleBlock(2, time, true, packets.get(i));
        }
    }

    /// Sizes differ between the ways to lace, so a packet is told by its last byte.
    private static List<String> frames(WindowInput input) {
        Stream<String> pictures =
                input.pictures().stream()
                        .map(one -> "%d picture %d".formatted(one.ticks(), one.payload()[0]));
        Stream<String> sounds =
                input.sounds().stream()
                        .map(one -> "%d sound %d".formatted(one.firstSample(), last(one)));
        return Stream.concat(pictures, sounds).toList();
    }

    private static int last(Frame.Sound sound) {
        return sound.payload()[sound.payload().length - 1];
    }

    private static byte[] sound(int hertz) {
        byte[] rate = ByteBuffer.allocate(4).putFloat(hertz).array();
        return WebmBytes.of("e1", WebmBytes.join(WebmBytes.of("b5", rate), WebmBytes.of("9f", 2)));
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }
}
