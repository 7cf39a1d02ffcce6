package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.WebmBytes;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Windows that are cut at the source's own pictures.
class SourceCutTest {

    private static final long SECOND = Ticks.PER_SECOND;

    /// Annex B: parameter sets, then a slice of an IDR picture.
    private static final byte[] IDR =
            HexFormat.of().parseHex("000000016742c01f0000000168ce3c80000000016588");

    /// The same sets, and a slice of another picture.
    private static final byte[] RECOVERY =
            HexFormat.of().parseHex("000000016742c01f0000000168ce3c80000000014188");

    private static final byte[] DELTA = HexFormat.of().parseHex("0000000141e0");

    static Stream<Recording> avc() {
        return Recording.all().stream()
                .filter(r -> r.name().contains("avc") || r.name().contains("h264"));
    }

    static Stream<Recording> others() {
        return Recording.all().stream()
                .filter(r -> !r.name().contains("avc") && !r.name().contains("h264"));
    }

    @ParameterizedTest
    @MethodSource("avc")
    void everyPictureIsInOneWindowThatBeginsWithAnIdrPicture(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        List<Window> windows = source(run);
        List<String> shown = new ArrayList<>();
        long at = 0;
        for (Window window : windows) {
            assertThat(window.index()).isEqualTo(windows.indexOf(window));
            assertThat(window.startTicks()).isEqualTo(at);
            assertThat(window.durationTicks()).isLessThanOrEqualTo(10 * SECOND);
            at = window.endTicks();
            WindowInput input = Plans.read(window, run);
            Frame.Picture first = input.pictures().getFirst();
            assertThat(first.keyframe()).isTrue();
            if (window.index() > 0) {
                assertThat(first.ticks()).isEqualTo(window.startTicks());
            }
            if (!window.last()) {
                assertThat(window.durationTicks()).isGreaterThan(17 * SECOND / 10);
            }
            assertThat(window.pictures()).hasValue(input.pictures().size());
            input.pictures().forEach(picture -> shown.add(crc32(picture.payload())));
            assertSoundIsWhole(window, input.sounds());
        }
        assertThat(windows.getLast().last()).isTrue();
        assertThat(at).isEqualTo(Plans.of(run).getLast().endTicks());
        assertThat(shown)
                .isEqualTo(
                        recording.packets().stream()
                                .filter(Recording.Packet::picture)
                                .map(Recording.Packet::crc32)
                                .toList());
    }

    private static void assertSoundIsWhole(Window window, List<Frame.Sound> sounds) {
        long next = sounds.getFirst().firstSample();
        assertThat(next).isLessThanOrEqualTo(WindowInput.soundFrom(window));
        long silence = 0;
        for (Frame.Sound sound : sounds) {
            assertThat(sound.firstSample()).isEqualTo(next);
            next += sound.samples();
            boolean inside =
                    sound.firstSample() >= 0
                            && sound.firstSample() < Ticks.toSamplesCeil(window.endTicks());
            silence += inside && sound.payload().length == 3 ? sound.samples() : 0;
        }
        assertThat(next).isGreaterThanOrEqualTo(WindowInput.soundUntil(window));
        // A recorder's first packet comes some milliseconds late, and its last one early.
        assertThat(silence).isLessThan(48_000 / 5);
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherCodecsAreNotCut(Recording recording) throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>(planner.feed(ByteBuffer.wrap(recording.bytes())));
        windows.addAll(planner.end());
        assertThat(Plans.of(Cut.SOURCE, windows)).isEmpty();
        assertThat(SessionPlan.EMPTY.after(planner).cuttable()).isEqualTo(windows.isEmpty());
    }

    @Test
    void aWindowIsClosedWhenTheNextIdrPictureAndItsSoundHaveCome() throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        WebmBytes bytes = pictures(avcStream(), 0, 30, 30);
        bytes.openCluster(3000).simpleBlock(1, 0, true, IDR).sound(0).sound(20);
        assertThat(source(planner.feed(bytes(bytes)))).isEmpty();
        List<Window> closed = source(planner.feed(bytes(new WebmBytes().sound(40))));
        assertThat(closed).extracting(Window::endTicks).containsExactly(3 * SECOND);
        assertThat(planner.nextSourceWindow()).isEqualTo(1);
    }

    @Test
    void keyframesThatAreNoIdrPicturesAreNoPlaceToCut() throws Exception {
        WebmBytes bytes = avcStream();
        for (int tenth = 0; tenth < 90; tenth++) {
            byte[] picture = tenth % 60 == 0 ? IDR : tenth % 20 == 0 ? RECOVERY : DELTA;
            bytes.openCluster(tenth * 100L).sound(0).simpleBlock(1, 0, picture != DELTA, picture);
        }
        assertThat(source(bytes.toByteArray()))
                .extracting(Window::endTicks)
                .containsExactly(6 * SECOND, 9 * SECOND);
    }

    @Test
    void withoutAnIdrPictureAtTheBeginningNothingIsCut() throws Exception {
        WebmBytes bytes = avcStream().openCluster(0).simpleBlock(1, 0, true, RECOVERY);
        assertThat(source(pictures(bytes, 1, 90, 20).toByteArray())).isEmpty();
    }

    @Test
    void picturesOutOfOrderEndTheCut() throws Exception {
        WebmBytes bytes = pictures(avcStream(), 0, 50, 20);
        bytes.openCluster(4500).simpleBlock(1, 0, false, DELTA);
        pictures(bytes, 50, 90, 20);
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        assertThat(source(planner.feed(bytes(bytes)))).hasSize(2);
        assertThat(planner.isCuttable()).isFalse();
        assertThat(source(planner.end())).isEmpty();
        assertThat(SessionPlan.EMPTY.after(planner).start(1).isCuttable()).isFalse();
    }

    @Test
    void keyframesTooFarApartEndTheCut() throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        assertThat(source(planner.feed(bytes(pictures(avcStream(), 0, 99, 1000))))).isEmpty();
        assertThat(planner.isCuttable()).isTrue();
        planner.feed(bytes(pictures(new WebmBytes(), 99, 112, 1000)));
        assertThat(planner.isCuttable()).isFalse();
    }

    /// 250 pictures of a film, as encoders have it unless told otherwise; a playlist rounds that.
    @Test
    void tenSecondsAreRounded() throws Exception {
        assertThat(source(pictures(avcStream(), 0, 230, 104).toByteArray()))
                .extracting(Window::endTicks)
                .containsExactly(104 * SECOND / 10, 208 * SECOND / 10, 23 * SECOND);
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        planner.feed(bytes(pictures(avcStream(), 0, 110, 105)));
        assertThat(planner.isCuttable()).isFalse();
    }

    @Test
    void whereTheNextIdrPictureIsTooFarOneIsTakenThatCameTooSoon() throws Exception {
        assertThat(source(withIdrAt(avcStream(), 150, 0, 10, 110, 130).toByteArray()))
                .extracting(Window::endTicks)
                .containsExactly(SECOND, 11 * SECOND, 13 * SECOND, 15 * SECOND);
        assertThat(source(withIdrAt(avcStream(), 125, 0, 5, 10, 17, 120).toByteArray()))
                .extracting(Window::endTicks)
                .containsExactly(17 * SECOND / 10, 12 * SECOND, 125 * SECOND / 10);
        assertThat(source(withIdrAt(avcStream(), 110, 0, 10).toByteArray()))
                .extracting(Window::endTicks)
                .containsExactly(SECOND, 11 * SECOND);
        assertThat(source(withIdrAt(avcStream(), 100, 0, 10, 40).toByteArray()))
                .extracting(Window::endTicks)
                .containsExactly(4 * SECOND, 10 * SECOND);
    }

    @Test
    void oneThatCameTooSoonIsNoHelpWhereTheNextIsTooFarFromIt() throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        assertThat(source(planner.feed(bytes(withIdrAt(avcStream(), 130, 0, 10, 120))))).hasSize(1);
        assertThat(planner.isCuttable()).isFalse();
    }

    @Test
    void bothHalvesHaveTheirPicturesAndSound() throws Exception {
        byte[] run = withIdrAt(avcStream(), 150, 0, 10, 110, 130).toByteArray();
        long pictures = 0;
        for (Window window : source(run)) {
            WindowInput input = Plans.read(window, run);
            assertThat(input.pictures().getFirst().ticks()).isEqualTo(window.startTicks());
            assertThat(window.pictures()).hasValue(input.pictures().size());
            assertSoundIsWhole(window, input.sounds());
            pictures += input.pictures().size();
        }
        assertThat(pictures).isEqualTo(150);
    }

    @Test
    void aPlannerThatIsBroughtBackKnowsWhatItPassedOver() throws Exception {
        byte[] run = withIdrAt(avcStream(), 150, 0, 10, 110, 130).toByteArray();
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>();
        for (int at = 0; at < run.length; at += 97) {
            int length = Math.min(97, run.length - at);
            windows.addAll(planner.feed(ByteBuffer.wrap(run, at, length)));
            planner = RunPlanner.restore(planner.save());
        }
        windows.addAll(planner.end());
        assertThat(Plans.text(source(windows))).isEqualTo(Plans.text(source(run)));
    }

    @Test
    void anotherStreamOfAnotherCodecEndsTheCut() throws Exception {
        WebmBytes bytes = pictures(avcStream(), 0, 50, 20);
        bytes.bytes(WebmBytes.recording().openCluster(0).picture(0, true).toByteArray());
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        assertThat(source(planner.feed(bytes(bytes))))
                .extracting(Window::endTicks)
                .containsExactly(2 * SECOND, 4 * SECOND, 5 * SECOND);
        assertThat(planner.isCuttable()).isFalse();
    }

    /// Behind a hole there is sound before the first picture that can be decoded.
    @Test
    void aPieceWithoutPicturesIsAWindowOfItsOwn() throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        planner.feed(bytes(pictures(avcStream(), 0, 30, 20)));
        planner.skipTo(planner.position());
        WebmBytes behind = pictures(new WebmBytes(), 34, 90, 20);
        List<Window> windows = new ArrayList<>(source(planner.feed(bytes(behind))));
        windows.addAll(source(planner.end()));
        assertThat(windows)
                .extracting(Window::endTicks)
                .containsExactly(
                        6 * SECOND / 10, 26 * SECOND / 10, 46 * SECOND / 10, 56 * SECOND / 10);
        assertThat(planner.isCuttable()).isTrue();
    }

    private static WebmBytes avcStream() {
        return new WebmBytes()
                .ebml("matroska")
                .openSegment()
                .info(1_000_000)
                .tracks(WebmBytes.video(1, "V_MPEG4/ISO/AVC"), WebmBytes.audio(2, "A_OPUS", 0));
    }

    /// Ten pictures a second with sound, and an IDR picture every `distance` pictures.
    private static WebmBytes pictures(WebmBytes bytes, int from, int until, int distance) {
        return pictures(bytes, from, until, tenth -> tenth % distance == 0);
    }

    /// The same from the beginning, with IDR pictures at these tenths of a second.
    private static WebmBytes withIdrAt(WebmBytes bytes, int until, Integer... idr) {
        return pictures(bytes, 0, until, Set.of(idr)::contains);
    }

    private static WebmBytes pictures(WebmBytes bytes, int from, int until, IntPredicate idr) {
        for (int tenth = from; tenth < until; tenth++) {
            boolean key = idr.test(tenth);
            bytes.openCluster(tenth * 100L).simpleBlock(1, 0, key, key ? IDR : DELTA);
            for (int millis = 0; millis < 100; millis += 20) {
                bytes.sound(millis);
            }
        }
        return bytes;
    }

    private static ByteBuffer bytes(WebmBytes bytes) {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static List<Window> source(byte[] run) throws Exception {
        return source(Plans.all(List.of(run)));
    }

    private static List<Window> source(List<Window> windows) {
        return Plans.of(Cut.SOURCE, windows);
    }

    private static String crc32(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return "%08x".formatted(crc.getValue());
    }
}
