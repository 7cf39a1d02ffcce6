package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Where pictures and sound go. Times are whole milliseconds here.
class FramesTimesTest {

    private final PictureTimes pictures = new PictureTimes();
    private final SoundTimes sounds = new SoundTimes();

    @Test
    void picturesAreCountedWhateverTheJitter() {
        List<Long> first = place(0, 90, 100, 270, 271, 272);
        assertThat(first).containsExactly(0L, 66L, 133L, 200L, 266L, 333L);
        assertThat(place(400, 466)).containsExactly(400L, 466L);
    }

    @Test
    void picturesThatComeAllAtOnceAreStillFifteenASecond() {
        assertThat(place(LongStream.range(0, 150).map(i -> i / 10).toArray()).getLast())
                .isEqualTo(9_933L);
    }

    @Test
    void aStallIsAGapWhereItWas() {
        place(0, 66, 133);
        assertThat(place(200, 5_000, 5_066)).containsExactly(200L, 4_999L, 5_065L);
        assertThat(place(5_133)).containsExactly(5_132L);
    }

    @Test
    void whatTheNetworkHeldBackIsNoGap() {
        place(0, 66, 133);
        // 72 pictures at once, which is what five seconds have.
        List<Long> late = place(LongStream.range(0, 72).map(i -> 5_000).toArray());
        assertThat(late.getFirst()).isEqualTo(200L);
        assertThat(late.getLast()).isEqualTo(4_933L);
    }

    @Test
    void aSlowClientIsNotShownFaster() {
        List<Long> all = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            int from = second * 1000;
            all.addAll(place(from, from + 200, from + 400, from + 600, from + 800));
        }
        assertThat(all.getLast()).isBetween(9_300L, 9_800L);
        for (int i = 11; i < all.size(); i++) {
            assertThat(all.get(i) - all.get(i - 1)).isBetween(150L, 280L);
        }
    }

    @Test
    void aFastClientGoesByItsSound() {
        List<Long> all = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            long from = second * 1000L;
            sound(LongStream.range(0, 10).map(i -> from + i * 100).toArray(), 4_410);
            all.addAll(placeWithSound(LongStream.range(0, 30).map(i -> from + i * 33).toArray()));
        }
        assertThat(all.getLast()).isBetween(9_500L, 10_600L);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i)).isGreaterThan(all.get(i - 1));
        }
    }

    @Test
    void picturesAndSoundThatComeFasterThanTheyWereTakenStayTogether() {
        // Ten seconds of both within a tenth of one.
        sound(LongStream.range(0, 100).toArray(), 4_410);
        List<Long> all = placeWithSound(LongStream.range(0, 150).map(i -> i * 2 / 3).toArray());
        assertThat(all.getLast()).isEqualTo(9_933L);
        assertThat(sounds.at(441_000)).isEqualTo(10_000_000);
    }

    @Test
    void oneLargePieceOfSoundDoesNotMovePictures() {
        sound(new long[] {3}, 441_000);
        assertThat(placeWithSound(LongStream.range(0, 150).toArray()).getLast()).isEqualTo(9_933L);
    }

    @Test
    void picturesBetweenPiecesOfSoundStayBetweenThem() {
        // A client that stood still for three seconds behind its second piece of sound, and sends
        // what it has taken meanwhile as fast as it can.
        sound(new long[] {0, 66}, 2_940);
        assertThat(between(1, 0, 66)).containsExactly(0L, 66L);
        long[] atOnce = LongStream.range(0, 45).map(i -> 3_066 + i).toArray();
        assertThat(sound(atOnce, 2_940).samples()).isZero();
        List<Long> late = between(44, atOnce);
        for (int i = 0; i < late.size(); i++) {
            assertThat(late.get(i)).isEqualTo((i + 2) * 1000L / 15);
        }
    }

    @Test
    void picturesAndSoundThatComeInHeapsKeepTheirPace() {
        for (int heap = 0; heap < 3; heap++) {
            long at = heap * 1_000L;
            long[] atOnce = LongStream.range(0, 15).map(i -> at).toArray();
            assertThat(sound(atOnce, 2_940).samples()).isZero();
            List<Long> shown = between(0, atOnce);
            assertThat(shown.getFirst()).isEqualTo(heap * 1_000L);
            assertThat(shown.getLast()).isEqualTo(heap * 1_000L + 933);
        }
    }

    @Test
    void whatIsSpreadBeginsWithItsRun() {
        List<Long> all = placed(new long[] {0, 1, 2}, new PictureTimes.Span(0, -600_000));
        assertThat(all.getFirst()).isNotNegative();
        assertThat(all).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void soundIsCountedAndAPauseIsAGap() {
        assertThat(sound(new long[] {100, 190, 320}, 4_410).samples()).isZero();
        assertThat(sounds.at(0)).isEqualTo(0);
        SoundTimes.Gap gap = sound(new long[] {400, 3_400, 3_500}, 4_410);
        assertThat(gap.piece()).isEqualTo(1);
        assertThat(gap.samples()).isBetween(126_000L, 129_000L);
    }

    @Test
    void soundThatTheNetworkHeldBackHasNoGap() {
        sound(new long[] {100, 200}, 4_410);
        long[] atOnce = LongStream.range(0, 29).map(i -> 3_100).toArray();
        assertThat(sound(atOnce, 4_410).samples()).isZero();
    }

    @Test
    void whatWasNotReadForAWhileIsNoGap() {
        pictures.place(came(0, 66, 133), 0, new PictureTimes.Span(133_000, Long.MAX_VALUE));
        // For three seconds nothing was read, and only the first of what waited is here.
        var late = List.of(new Arrival(3_200_000_000L, 3_000_000_000L));
        assertThat(pictures.deafMicros(late)).isEqualTo(3_000_000);
        var end = sounds.since(3_200_000, pictures.deafMicros(late));
        assertThat(pictures.place(late, 0, end)).containsExactly(200_000L);
        sound(new long[] {100, 200}, 4_410);
        assertThat(sounds.place(late, 0, new long[] {4_410}).samples()).isZero();
    }

    @Test
    void soundThatBeginsLateBeginsWhereItBegan() {
        sound(new long[] {2_100}, 4_410);
        assertThat(sounds.at(0)).isEqualTo(2_000_000);
    }

    @Test
    void aClockThatIsALittleSlowMakesNoGaps() {
        long samples = 0;
        for (int second = 0; second < 3_600; second++) {
            long from = second * 1000L;
            // Ten pieces a second that have only 99.97 ms each.
            SoundTimes.Gap gap =
                    sound(LongStream.range(0, 10).map(i -> from + i * 100).toArray(), 4_409);
            samples += gap.samples();
        }
        assertThat(samples).isZero();
    }

    private List<Long> place(long... arrivals) {
        return placed(
                arrivals,
                new PictureTimes.Span(arrivals[arrivals.length - 1] * 1000, Long.MAX_VALUE));
    }

    private List<Long> placeWithSound(long... arrivals) {
        return placed(arrivals, sounds.since(arrivals[arrivals.length - 1] * 1000, 0));
    }

    /// @param piece of the sound placed last, behind the last picture
    private List<Long> between(int piece, long... arrivals) {
        var clock = sounds.since(arrivals[arrivals.length - 1] * 1000, 0);
        return placed(arrivals, sounds.around(piece, clock));
    }

    private List<Long> placed(long[] arrivals, PictureTimes.Span end) {
        return pictures.place(came(arrivals), 0, end).stream().map(at -> at / 1000).toList();
    }

    private SoundTimes.Gap sound(long[] arrivals, long samples) {
        return sounds.place(
                came(arrivals), 0, LongStream.of(arrivals).map(at -> samples).toArray());
    }

    private static List<Arrival> came(long... millis) {
        return LongStream.of(millis).mapToObj(at -> Arrival.at(at * 1_000_000)).toList();
    }
}
