package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Mp4Bytes;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.WebmBytes;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlannerTest {

    private static final long SECOND = Ticks.PER_SECOND;

    /// Pictures every 100 ms with a keyframe each second, and 20 ms packets of sound.
    private static WebmBytes seconds(
            WebmBytes bytes, int from, int until, boolean picture, boolean sound) {
        for (int second = from; second < until; second++) {
            bytes.openCluster(second * 1000L);
            for (int millis = 0; millis < 1000; millis += 20) {
                if (sound) {
                    bytes.sound(millis);
                }
                if (picture && millis % 100 == 0) {
                    bytes.picture(millis, millis == 0);
                }
            }
        }
        return bytes;
    }

    private static List<Window> closedBy(WebmBytes bytes) throws MediaException {
        return SessionPlan.EMPTY.start(0).feed(ByteBuffer.wrap(bytes.toByteArray()));
    }

    @Test
    void aWindowClosesAsSoonAsBothTracksHavePassedIt() throws Exception {
        WebmBytes bytes = seconds(WebmBytes.recording(), 0, 2, true, true);
        // Sound for two AAC frames behind the 94th, which begins before 2 s: up to 2048 ms.
        bytes.openCluster(2000).sound(0).sound(20).picture(40, false);
        assertThat(closedBy(bytes)).isEmpty();
        bytes.sound(40);
        assertThat(closedBy(bytes)).hasSize(1);
        assertThat(closedBy(bytes).getFirst().endTicks()).isEqualTo(2 * SECOND);
    }

    @Test
    void aSilentTrackHoldsAWindowForTwoSecondsOnly() throws Exception {
        WebmBytes bytes = seconds(WebmBytes.recording(), 0, 4, true, false);
        assertThat(closedBy(bytes.openCluster(4000).picture(0, true))).isEmpty();
        assertThat(closedBy(bytes.picture(1, false))).hasSize(1);
    }

    /// It comes when its window is closed, and cannot be shown. That there was one is not
    /// forgotten.
    @Test
    void aPictureThatComesTooLateCountsWhereItCame() throws Exception {
        WebmBytes bytes = seconds(WebmBytes.recording(), 0, 1, true, true);
        seconds(bytes, 1, 5, false, true);
        bytes.openCluster(1000).picture(500, false).picture(4000, false);
        byte[] run = seconds(bytes, 5, 6, false, true).toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows)
                .extracting(window -> window.pictures().getAsLong())
                .containsExactly(10L, 1L, 1L);
        assertThat(windows)
                .extracting(window -> own(window, Plans.read(window, run)))
                .containsExactly(10L, 0L, 1L);
    }

    private static long own(Window window, WindowInput input) {
        return input.pictures().stream().filter(p -> window.holds(p.ticks())).count();
    }

    @Test
    void aRunEndsWithItsLastPictureOrItsSound() throws Exception {
        byte[] pictures = seconds(WebmBytes.recording(), 0, 3, true, false).toByteArray();
        assertThat(Plans.of(pictures).getLast().endTicks()).isEqualTo(3 * SECOND);
        byte[] one = WebmBytes.recording().openCluster(0).picture(0, true).toByteArray();
        assertThat(Plans.of(one).getLast().endTicks()).isEqualTo(SECOND / 30);
        byte[] sound = seconds(WebmBytes.recording(), 0, 3, false, true).toByteArray();
        assertThat(Plans.of(sound).getLast().endTicks()).isEqualTo(3 * SECOND);
    }

    @Test
    void theShortestLastWindowHasAnAacFrame() throws Exception {
        WebmBytes bytes = WebmBytes.recording().openCluster(0);
        byte[] run = bytes.picture(0, true).picture(1995, false).picture(2000, false).toByteArray();
        Window last = Plans.of(run).getLast();
        assertThat(last.durationTicks()).isEqualTo(Ticks.PER_AAC_FRAME);
        assertThat(last.endAacFrame() - last.firstAacFrame()).isEqualTo(1);
    }

    @Test
    void keyframesFarApartAreStillReached() throws Exception {
        WebmBytes bytes = WebmBytes.recording();
        int minutes = 10;
        bytes.openCluster(0).picture(0, true);
        for (int second = 0; second < minutes * 60; second++) {
            bytes.openCluster(second * 1000L);
            for (int millis = 0; millis < 1000; millis += 20) {
                bytes.sound(millis);
                if (second + millis > 0 && millis % 500 == 0) {
                    bytes.picture(millis, second == 400 && millis == 500);
                }
            }
        }
        byte[] run = bytes.toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows).hasSize(minutes * 30);
        for (Window window : windows) {
            WindowInput input = Plans.read(window, run);
            long key =
                    window.startTicks() < 400 * SECOND + SECOND / 2 ? 0 : 400 * SECOND + SECOND / 2;
            assertThat(input.pictures().getFirst().ticks()).isEqualTo(key);
            assertThat(input.sounds().getFirst().firstSample())
                    .isLessThanOrEqualTo(WindowInput.soundFrom(window));
        }
    }

    @Test
    void stateStaysSmallHoweverFarApartKeyframesAre() throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        planner.feed(
                ByteBuffer.wrap(
                        WebmBytes.recording().openCluster(0).picture(0, true).toByteArray()));
        for (int second = 0; second < 3600; second++) {
            byte[] bytes =
                    new WebmBytes()
                            .openCluster(second * 1000L)
                            .sound(0)
                            .picture(500, false)
                            .toByteArray();
            planner.feed(ByteBuffer.wrap(bytes));
            assertThat(planner.save()).hasSizeLessThan(2000);
        }
    }

    @Test
    void stateStaysSmallWhenEveryPictureIsAKeyframe() throws Exception {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        planner.feed(ByteBuffer.wrap(WebmBytes.recording().toByteArray()));
        for (int second = 0; second < 100; second++) {
            WebmBytes bytes = new WebmBytes().openCluster(second * 1000L);
            for (int millis = 0; millis < 1000; millis++) {
                bytes.picture(millis, true);
            }
            planner.feed(ByteBuffer.wrap(bytes.toByteArray()));
            assertThat(planner.save()).hasSizeLessThan(2000);
        }
    }

    @Test
    void aPictureIsNeverBeforeTheOneBeforeIt() throws Exception {
        byte[] run =
                WebmBytes.recording()
                        .openCluster(0)
                        .picture(0, true)
                        .picture(0, false)
                        .picture(33, false)
                        .toByteArray();
        assertThat(pictures(Plans.read(Plans.of(run).getFirst(), run)))
                .containsExactly(0L, 1L, 33 * 90L);
    }

    @Test
    void picturesBeforeTheFirstKeyframeAreLeftOut() throws Exception {
        byte[] run =
                WebmBytes.recording()
                        .openCluster(0)
                        .picture(0, false)
                        .picture(33, true)
                        .picture(66, false)
                        .toByteArray();
        assertThat(pictures(Plans.read(Plans.of(run).getFirst(), run)))
                .containsExactly(33 * 90L, 66 * 90L);
    }

    @Test
    void aFirstKeyframeInTheMiddleOfAWindowIsReached() throws Exception {
        WebmBytes bytes =
                new WebmBytes()
                        .ebml("webm")
                        .openSegment()
                        .tracks(WebmBytes.video(1, "V_VP8"))
                        .openCluster(0);
        for (int millis = 0; millis < 5000; millis += 100) {
            bytes.picture(millis, millis == 500);
        }
        byte[] run = bytes.toByteArray();
        for (Window window : Plans.of(run)) {
            assertThat(pictures(Plans.read(window, run)).getFirst()).isEqualTo(500 * 90L);
        }
    }

    @Test
    void nothingIsDecodedFromBeforeAKeyframeAtTheStart() throws Exception {
        WebmBytes bytes = WebmBytes.recording().openCluster(0);
        for (int millis = 0; millis < 5000; millis += 20) {
            bytes.sound(millis).picture(millis, true);
        }
        byte[] run = bytes.toByteArray();
        for (Window window : Plans.of(run)) {
            assertThat(pictures(Plans.read(window, run)).getFirst()).isEqualTo(window.startTicks());
        }
    }

    @Test
    void aHoleInTheSoundIsSilence() throws Exception {
        WebmBytes bytes = seconds(WebmBytes.recording(), 0, 3, true, true);
        seconds(bytes, 3, 6, true, false);
        byte[] run = seconds(bytes, 6, 10, true, true).toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows).hasSize(5);
        WindowInput inTheHole = Plans.read(windows.get(1), run);
        assertThat(inTheHole.sounds().getLast().payload()).hasSize(3);
        for (Window window : windows) {
            long next = Long.MIN_VALUE;
            for (Frame.Sound sound : Plans.read(window, run).sounds()) {
                assertThat(next == Long.MIN_VALUE || sound.firstSample() == next).isTrue();
                boolean silent = sound.payload().length == 3;
                boolean hole =
                        sound.firstSample() < 0
                                || sound.firstSample() >= 480_000
                                || (sound.firstSample() >= 144_000
                                        && sound.firstSample() < 288_000);
                assertThat(silent).as("at %d", sound.firstSample()).isEqualTo(hole);
                next = sound.firstSample() + sound.samples();
            }
            assertThat(next).isGreaterThanOrEqualTo(WindowInput.soundUntil(window));
        }
    }

    @Test
    void soundThatNeverComesIsSilenceEverywhere() throws Exception {
        byte[] run = seconds(WebmBytes.recording(), 0, 10, true, false).toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows).hasSize(5);
        for (Window window : windows) {
            List<Frame.Sound> sounds = Plans.read(window, run).sounds();
            assertThat(sounds.getFirst().firstSample())
                    .isBetween(WindowInput.soundFrom(window) - 959, WindowInput.soundFrom(window));
            assertThat(sounds.getLast().firstSample() + 960)
                    .isGreaterThanOrEqualTo(WindowInput.soundUntil(window));
        }
    }

    @Test
    void preSkipBeginsBeforeZero() throws Exception {
        byte[] run =
                new WebmBytes()
                        .ebml("webm")
                        .openSegment()
                        .tracks(WebmBytes.audio(2, "A_OPUS", 312))
                        .openCluster(0)
                        .sound(0)
                        .sound(20)
                        .toByteArray();
        WindowInput input = Plans.read(Plans.of(run).getFirst(), run);
        assertThat(input.audio().orElseThrow().preSkipSamples()).isEqualTo(312);
        assertThat(input.audio().orElseThrow().codecPrivate()[10]).isZero();
        assertThat(input.sounds().stream().filter(s -> s.payload().length == 2))
                .extracting(Frame.Sound::firstSample)
                .containsExactly(-312L, 648L);
    }

    @Test
    void aRecorderThatWasRestartedBeginsAnotherTimeline() throws Exception {
        byte[] first = seconds(WebmBytes.recording(), 0, 3, true, true).toByteArray();
        byte[] second = seconds(WebmBytes.recording(), 0, 5, true, true).toByteArray();
        byte[] run = WebmBytes.join(first, second);
        List<Window> windows = Plans.of(run);
        assertThat(windows).extracting(Window::index).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(windows)
                .extracting(Window::last)
                .containsExactly(false, true, false, false, true);
        long origin = SessionPlan.originAfter(3 * SECOND);
        assertThat(windows)
                .extracting(Window::originTicks)
                .containsExactly(0L, 0L, origin, origin, origin);
        List<Window> alone = new ArrayList<>(Plans.of(first));
        int before = alone.size();
        alone.addAll(Plans.of(second));
        for (int i = 0; i < windows.size(); i++) {
            byte[] bytes = i < before ? first : second;
            assertThat(pictures(Plans.read(windows.get(i), run)))
                    .isEqualTo(pictures(Plans.read(alone.get(i), bytes)));
        }
    }

    @Test
    void windowsKeepTheHeaderOfTheirOwnStream() throws Exception {
        Mp4Bytes bytes = Mp4Bytes.recording();
        bytes.fragment(Mp4Bytes.part(Mp4Bytes.PICTURES, 0, 1000, 90));
        bytes.ftyp().moov(Mp4Bytes.pictures("vp09"));
        bytes.fragment(Mp4Bytes.part(Mp4Bytes.PICTURES, 0, 1000, 90));
        byte[] run = bytes.toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows).extracting(Window::last).containsExactly(false, true, false, true);
        List<Track.VideoCodec> codecs = new ArrayList<>();
        for (Window window : windows) {
            codecs.add(Plans.read(window, run).video().orElseThrow().codec());
        }
        assertThat(codecs)
                .containsExactly(
                        Track.VideoCodec.H264,
                        Track.VideoCodec.H264,
                        Track.VideoCodec.VP9,
                        Track.VideoCodec.VP9);
    }

    /// A fragment of ten seconds has all its pictures before the first packet of sound.
    @Test
    void aLongFragmentIsNotTakenForSilence() throws Exception {
        Mp4Bytes bytes = Mp4Bytes.recording();
        for (int second = 0; second < 30; second += 10) {
            bytes.fragment(
                    Mp4Bytes.part(Mp4Bytes.PICTURES, second * 30_000L, 6000, 50),
                    Mp4Bytes.part(Mp4Bytes.SOUND, second * 48_000L, 960, 500));
        }
        byte[] run = bytes.toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows).hasSize(15);
        for (Window window : windows.subList(1, 14)) {
            WindowInput input = Plans.read(window, run);
            assertThat(input.sounds()).allMatch(sound -> sound.payload()[1] != (byte) 0xFF);
            assertThat(pictures(input).getLast()).isGreaterThan(window.endTicks() - SECOND / 4);
        }
    }

    @Test
    void packetsOf44kHzFollowEachOtherWithoutAHole() throws Exception {
        byte[] esds = Mp4Bytes.full("esds", 0, 0, Mp4Bytes.esds("1210"));
        byte[] sound =
                Mp4Bytes.trak(Mp4Bytes.SOUND, "soun", 44_100, Mp4Bytes.soundEntry("mp4a", esds));
        Mp4Bytes bytes = new Mp4Bytes().ftyp().moov(sound);
        bytes.fragment(Mp4Bytes.part(Mp4Bytes.SOUND, 0, 1024, 100));
        // Half a second is missing.
        bytes.fragment(Mp4Bytes.part(Mp4Bytes.SOUND, 100 * 1024 + 22_050, 1024, 200));
        byte[] run = bytes.toByteArray();
        List<Window> windows = Plans.of(run);
        assertThat(windows).hasSize(4);
        for (Window window : windows) {
            WindowInput input = Plans.read(window, run);
            long next = input.sounds().getFirst().firstSample();
            assertThat(next).isLessThanOrEqualTo(WindowInput.soundFrom(window));
            for (Frame.Sound packet : input.sounds()) {
                assertThat(packet.firstSample()).isEqualTo(next);
                assertThat(packet.samples()).isBetween(1114, 1115);
                next += packet.samples();
                // Silence is another packet than these; 21 fit into half a second.
                boolean hole = packet.firstSample() >= 111_455 && packet.firstSample() < 134_861;
                boolean before = packet.firstSample() < 0 || packet.firstSample() >= 357_773;
                assertThat(packet.payload().length == 6)
                        .as("at %d", packet.firstSample())
                        .isEqualTo(hole || before);
            }
            assertThat(next).isGreaterThanOrEqualTo(WindowInput.soundUntil(window));
        }
    }

    @Test
    void theNextRunBeginsOnTheGridOfAacFrames() throws Exception {
        RunPlanner first = SessionPlan.EMPTY.start(0);
        first.feed(ByteBuffer.wrap(seconds(WebmBytes.recording(), 0, 3, true, true).toByteArray()));
        first.end();
        SessionPlan plan = SessionPlan.EMPTY.after(first);
        assertThat(plan.nextWindow()).isEqualTo(2);
        assertThat(plan.nextOriginTicks()).isBetween(3 * SECOND, 3 * SECOND + 1919);
        assertThat(plan.nextOriginTicks() % Ticks.PER_AAC_FRAME).isZero();
        RunPlanner empty = plan.start(1);
        assertThat(empty.end()).isEmpty();
        assertThat(plan.after(empty)).isEqualTo(plan);
    }

    @Test
    void progressIsTheEndOfTheLastClosedWindow() throws Exception {
        RunPlanner planner = new SessionPlan(10, 1920, 0, true, 0).start(4);
        assertThat(planner.tracks()).isEmpty();
        byte[] bytes = seconds(WebmBytes.recording(), 0, 5, true, true).toByteArray();
        planner.feed(ByteBuffer.wrap(bytes));
        assertThat(planner.plannedTicks()).isEqualTo(1920 + 4 * SECOND);
        assertThat(planner.nextWindow()).isEqualTo(12);
        assertThat(planner.position()).isEqualTo(bytes.length);
        assertThat(planner.run()).isEqualTo(4);
        assertThat(planner.tracks().orElseThrow().video().orElseThrow().widthPixels())
                .isEqualTo(640);
    }

    @Test
    void behindLostBytesAnotherTimelineBegins() throws Exception {
        Recording recording = Recording.of("chr-webm-vp8-480-t1000");
        byte[] run = recording.bytes();
        int holeFrom = sizeOf(recording.chunks().subList(0, 8));
        int holeUntil = sizeOf(recording.chunks().subList(0, 9));
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>(planner.feed(ByteBuffer.wrap(run, 0, holeFrom)));
        windows.addAll(planner.skipTo(holeUntil));
        int before = windows.size();
        windows.addAll(
                planner.feed(ByteBuffer.wrap(Arrays.copyOfRange(run, holeUntil, run.length))));
        windows.addAll(planner.end());
        assertThat(windows.get(before - 1).last()).isTrue();
        assertThat(windows.size()).isGreaterThan(before + 3);
        for (Window window : windows.subList(before, windows.size())) {
            assertThat(window.originTicks()).isNotZero();
            assertThat(window.source().fromBytes()).isGreaterThanOrEqualTo(holeUntil);
            assertThat(Plans.read(window, run).sounds()).isNotEmpty();
        }
    }

    @Test
    void withoutItsBeginningARunCannotBeRead() {
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> SessionPlan.EMPTY.start(0).skipTo(100))
                .withMessageContaining("beginning of the recording is missing");
    }

    private static int sizeOf(List<byte[]> chunks) {
        return chunks.stream().mapToInt(chunk -> chunk.length).sum();
    }

    private static List<Long> pictures(WindowInput input) {
        return input.pictures().stream().map(Frame.Picture::ticks).toList();
    }
}
