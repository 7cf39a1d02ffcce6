package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Mp4Bytes;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.WebmBytes;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the bytes, there are windows or a [MediaException], soon.
class HostileBytesTest {

    private static final int MUTANTS = 400;
    private static final int MUTANT_BYTES = 150_000;

    /// Headers, and the first table of an MP4.
    private static final int HEADER_BYTES = 2700;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chr-webm-vp8-480-t250",
                "chr-webm-vp8-canvas720-t1000",
                "chr-mkv-avc1-480-t1000",
                "chr-mp4-avc3-opus-480-t1000",
                "chr-mp4-avc1-resize-t1000"
            })
    void mutantsOfRecordings(String name) {
        byte[] original = Arrays.copyOf(Recording.of(name).bytes(), MUTANT_BYTES);
        int[] outcomes = new int[2];
        Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> {
                    for (int seed = 0; seed < MUTANTS; seed++) {
                        outcomes[survives(mutant(original, seed), name, seed) ? 0 : 1]++;
                    }
                });
        assertThat(outcomes[0]).as("tolerated").isGreaterThan(MUTANTS / 20);
        assertThat(outcomes[1]).as("refused").isGreaterThan(MUTANTS / 20);
    }

    @ParameterizedTest
    @CsvSource({"chr-webm-vp8-480-t250, 260", "chr-mp4-avc3-opus-480-t1000, 2700"})
    void mutantsOfEveryHeaderByte(String name, int headerBytes) {
        byte[] original = Arrays.copyOf(Recording.of(name).bytes(), headerBytes + 5_000);
        for (int i = 0; i < headerBytes; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] mutant = original.clone();
                mutant[i] ^= (byte) (1 << bit);
                survives(mutant, "header byte " + i, bit);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chr-webm-vp8-480-t250", "chr-mp4-avc1-pause-t1000"})
    void bytesThatChangedAfterTheyWerePlanned(String name) throws Exception {
        byte[] original = Arrays.copyOf(Recording.of(name).bytes(), 300_000);
        List<Window> windows = Plans.of(original);
        for (int seed = 0; seed < MUTANTS; seed++) {
            byte[] mutant = Arrays.copyOf(mutant(original, seed), original.length);
            for (Window window : windows) {
                try {
                    assertThat(Plans.read(window, mutant).window()).isEqualTo(window);
                } catch (MediaException e) {
                    assertThat(e).as("seed %d", seed).hasMessageNotContaining("null");
                }
            }
        }
    }

    @Test
    void anMp4KeepsWhatItHasWhereverItEnds() throws Exception {
        byte[] whole = Recording.of("chr-mp4-avc3-opus-480-t1000").bytes();
        int last = 0;
        for (int length = 0; length < 400_000; length += 997) {
            List<Window> windows = Plans.of(Arrays.copyOf(whole, length));
            assertThat(windows.size()).isGreaterThanOrEqualTo(last);
            last = windows.size();
        }
        assertThat(last).isGreaterThan(3);
    }

    /// Plans and reads all windows; anything but a [MediaException] is a failure of the test.
    private static boolean survives(byte[] bytes, String name, int seed) {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>();
        boolean whole = true;
        try {
            try {
                windows.addAll(planner.feed(ByteBuffer.wrap(bytes)));
            } catch (MediaException _) {
                whole = false;
            }
            windows.addAll(planner.end());
            for (Window window : windows.subList(0, Math.min(windows.size(), 20))) {
                Plans.read(window, bytes);
            }
            return whole;
        } catch (MediaException | IOException | RuntimeException | Error e) {
            return fail("%s seed %d".formatted(name, seed), e);
        }
    }

    private static byte[] mutant(byte[] original, int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] bytes = original.clone();
        // Few or many, in the header or anywhere.
        int flips = 1 << random.nextInt(10);
        int range = random.nextBoolean() ? HEADER_BYTES : bytes.length;
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(range)] = (byte) random.nextInt();
        }
        int cut = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, cut);
            case 1 -> withoutPart(bytes, cut, random.nextInt(1, 5_000));
            default -> bytes;
        };
    }

    private static byte[] withoutPart(byte[] bytes, int from, int length) {
        int until = Math.min(bytes.length, from + length);
        return WebmBytes.join(
                Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, until, bytes.length));
    }

    @Test
    void garbageIsNoRecording() {
        byte[] garbage = "<html><body>502 Bad Gateway".getBytes(StandardCharsets.US_ASCII);
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> Plans.of(garbage))
                .withMessageContaining("a web page, not a recording");
    }

    @Test
    void anMp4ThatIsNotFragmentedHasToBeConverted() {
        byte[] dataFirst = new Mp4Bytes().ftyp().box("mdat", new byte[100]).toByteArray();
        byte[] indexFirst = new Mp4Bytes().ftyp().box("moov", new byte[0]).toByteArray();
        byte[] longIndex = new Mp4Bytes().ftyp().box("moov", new byte[(1 << 20) + 1]).toByteArray();
        for (byte[] mp4 : List.of(dataFirst, indexFirst, longIndex)) {
            assertThatExceptionOfType(ForeignContainerException.class)
                    .isThrownBy(() -> Plans.of(mp4))
                    .withMessageContaining("MP4 file with its index in one piece")
                    .returns(ForeignContainer.MP4, ForeignContainerException::container);
        }
    }

    @Test
    void oggHasToBeConverted() {
        assertThatExceptionOfType(ForeignContainerException.class)
                .isThrownBy(() -> Plans.of("OggS00000000000".getBytes(StandardCharsets.US_ASCII)))
                .returns(ForeignContainer.OGG, ForeignContainerException::container);
    }

    @Test
    void aStubIsNoFailureAndNoWindow() throws Exception {
        byte[] recording = WebmBytes.recording().toByteArray();
        for (int length = 0; length <= recording.length; length++) {
            assertThat(Plans.of(Arrays.copyOf(recording, length))).isEmpty();
        }
    }

    @Test
    void windowsBeforeTheDamageStay() throws Exception {
        byte[] run = Recording.of("chr-webm-vp8-480-t250").bytes();
        byte[] good = Arrays.copyOf(run, run.length * 2 / 3);
        List<String> expected = Plans.text(Plans.of(good));
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        byte[] bad = WebmBytes.join(good, new byte[100_000]);
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> planner.feed(ByteBuffer.wrap(bad)))
                .withMessageContaining("damaged at byte");
        assertThat(expected.size()).isGreaterThan(2);
        assertThat(Plans.text(planner.end()).subList(0, expected.size() - 1))
                .isEqualTo(expected.subList(0, expected.size() - 1));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(planner::save);
    }

    @Test
    void aClockThatRunsAwayAsksForNoEndlessWindows() throws Exception {
        WebmBytes bytes = WebmBytes.recording();
        for (int i = 0; i < 1000; i++) {
            bytes.openCluster(i * 11L * 3_600_000).picture(0, true);
        }
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        int windows = planner.feed(ByteBuffer.wrap(bytes.toByteArray())).size();
        assertThat(windows + planner.end().size()).isEqualTo(1000);
        assertThat(planner.losses()).hasSize(999);
    }

    @Test
    void aWindowThatIsTooLargeIsRefused() throws Exception {
        byte[] run = Recording.of("chr-webm-vp8-480-t250").bytes();
        Window window = Plans.of(run).getFirst();
        byte[] span = Arrays.copyOf(run, (int) window.source().toBytes());
        byte[] read = Arrays.copyOfRange(span, (int) window.source().fromBytes(), span.length);
        assertThatExceptionOfType(WindowTooLargeException.class)
                .isThrownBy(
                        () -> WindowReader.read(window, new ByteArrayInputStream(read), 50_000));
        assertThatCode(() -> WindowReader.read(window, new ByteArrayInputStream(read), read.length))
                .doesNotThrowAnyException();
    }

    @Test
    void aSpanThatEndsEarlyIsAnIoFailure() throws Exception {
        Window window = Plans.of(Recording.of("chr-webm-vp8-480-t250").bytes()).getFirst();
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(
                        () -> WindowReader.read(window, InputStream.nullInputStream(), 1 << 20));
    }

    @Test
    void aForeignStateIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RunPlanner.restore(new byte[] {99}));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RunPlanner.restore(new byte[0]));
    }
}
