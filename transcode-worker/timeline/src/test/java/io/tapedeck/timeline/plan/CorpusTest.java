package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What browsers really send, against what ffprobe finds in it.
class CorpusTest {

    private static final int MAX_CHECKPOINT_BYTES = 300;

    /// Until then a recorder's first picture has come.
    private static final long FIRST_TICKS = Ticks.ofMillis(100);

    static List<Recording> recordings() {
        return Recording.all();
    }

    static Stream<Recording> withFrames() {
        return Recording.all().stream().filter(r -> !r.packets().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void windowsCoverTheRunWithoutAHole(Recording recording) throws Exception {
        List<Window> windows = Plans.of(recording.chunks());
        assertThat(windows.isEmpty()).isEqualTo(recording.packets().isEmpty());
        long at = 0;
        for (Window window : windows) {
            assertThat(window.startTicks()).isEqualTo(at);
            assertThat(window.last()).isEqualTo(window == windows.getLast());
            assertThat(window.source().checkpoint()).hasSizeLessThan(MAX_CHECKPOINT_BYTES);
            at = window.endTicks();
            if (!window.last()) {
                assertThat(window.durationTicks()).isEqualTo(2 * Ticks.PER_SECOND);
            }
        }
        long lastPacket =
                recording.packets().stream().mapToLong(Recording.Packet::ticks).max().orElse(0);
        assertThat(at).isBetween(lastPacket, lastPacket + Ticks.ofMillis(150));
    }

    @ParameterizedTest
    @MethodSource("withFrames")
    void everyPictureIsInOneWindowAtItsTime(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        List<Recording.Packet> found = new ArrayList<>();
        long lastTicks = -1;
        for (Window window : Plans.of(run)) {
            List<Frame.Picture> own = own(window, Plans.read(window, run));
            assertThat(window.pictures()).hasValue(own.size());
            for (Frame.Picture picture : own) {
                assertThat(picture.ticks()).isGreaterThan(lastTicks);
                lastTicks = picture.ticks();
                found.add(
                        new Recording.Packet(
                                true,
                                picture.ticks(),
                                picture.keyframe(),
                                picture.payload().length,
                                crc32(picture.payload())));
            }
        }
        assertThat(found)
                .isEqualTo(recording.packets().stream().filter(Recording.Packet::picture).toList());
    }

    @ParameterizedTest
    @MethodSource("withFrames")
    void everySoundIsThereOnceAndInPlace(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        List<Recording.Packet> packets =
                recording.packets().stream().filter(p -> !p.picture()).toList();
        Set<Long> seen = new HashSet<>();
        int next = 0;
        for (Window window : Plans.of(run)) {
            for (Frame.Sound sound : Plans.read(window, run).sounds()) {
                if (next == packets.size() || !seen.add(sound.firstSample())) {
                    continue;
                }
                Recording.Packet packet = packets.get(next);
                long off = Math.abs(sound.firstSample() - packet.ticks() * 8 / 15);
                if (sound.payload().length == 3 && (packet.size() != 3 || off > 480)) {
                    continue;
                }
                next++;
                assertThat(crc32(sound.payload())).isEqualTo(packet.crc32());
                // Jitter of the recorder; the samples themselves follow each other.
                assertThat(off).isLessThan(1920);
            }
        }
        assertThat(next).isEqualTo(packets.size());
    }

    @ParameterizedTest
    @MethodSource("withFrames")
    void everyWindowCanBeDecodedAloneAndReadsLittleInVain(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        for (Window window : Plans.of(run)) {
            WindowInput input = Plans.read(window, run);
            if (!input.pictures().isEmpty()) {
                assertThat(input.pictures().getFirst().keyframe()).isTrue();
                assertThat(input.pictures().getFirst().ticks())
                        .isLessThanOrEqualTo(Math.max(window.startTicks(), FIRST_TICKS));
                assertThat(input.pictures().getLast().ticks()).isLessThan(window.endTicks());
            }
            assertContinuous(window, input.sounds());
            long wanted =
                    input.pictures().stream().mapToLong(p -> p.payload().length).sum()
                            + input.sounds().stream().mapToLong(s -> s.payload().length).sum();
            long read = window.source().toBytes() - window.source().fromBytes();
            // A fragment has to be read from its table on, and its sound lies behind its pictures.
            long inVain = recording.name().contains("-mp4-") ? 400_000 : 50_000;
            assertThat(read).isLessThan(wanted + wanted / 4 + inVain);
        }
    }

    private static void assertContinuous(Window window, List<Frame.Sound> sounds) {
        assertThat(sounds.getFirst().firstSample())
                .isLessThanOrEqualTo(WindowInput.soundFrom(window));
        long next = sounds.getFirst().firstSample();
        for (Frame.Sound sound : sounds) {
            assertThat(sound.firstSample()).isEqualTo(next);
            next += sound.samples();
        }
        assertThat(next).isGreaterThanOrEqualTo(WindowInput.soundUntil(window));
        assertThat(sounds.getLast().firstSample()).isLessThan(WindowInput.soundUntil(window));
    }

    private static List<Frame.Picture> own(Window window, WindowInput input) {
        return input.pictures().stream()
                .filter(p -> p.ticks() >= window.startTicks() && p.ticks() < window.endTicks())
                .toList();
    }

    private static String crc32(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return "%08x".formatted(crc.getValue());
    }
}
