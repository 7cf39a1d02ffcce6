package io.tapedeck.ingest.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.history.SavedPart.LogChunk;
import io.tapedeck.ingest.history.SavedPart.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SavedPartTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void beginsWithTheHeaderOfItsRun() {
        List<Place> places =
                SavedPart.of(List.of(chunk(17, 3), chunk(18, 3)), List.of(chunk(9, 3)));
        assertThat(places)
                .containsExactly(
                        new Place(chunk(9, 3), 0, 0),
                        new Place(chunk(17, 3), 1, 0),
                        new Place(chunk(18, 3), 2, 0));
    }

    @Test
    void aHeaderThatIsOfThatTimeIsTakenOnce() {
        List<Place> places = SavedPart.of(List.of(chunk(9, 3), chunk(10, 3)), List.of(chunk(9, 3)));
        assertThat(places).extracting(place -> place.from().index()).containsExactly(9L, 10L);
    }

    @Test
    void runsStayApartAndAreNumberedAnew() {
        List<Place> places =
                SavedPart.of(
                        List.of(chunk(4, 2), chunk(5, 4), chunk(6, 4), chunk(8, 9)),
                        List.of(chunk(8, 9), chunk(5, 4), chunk(0, 2)));
        assertThat(places)
                .extracting(place -> place.from().index())
                .containsExactly(0L, 4L, 5L, 6L, 8L);
        assertThat(places).extracting(Place::run).containsExactly(0, 0, 1, 1, 2);
    }

    @Test
    void whatLeadsToItIsOfItsFirstRun() {
        List<LogChunk> log = List.of(chunk(4, 2), chunk(5, 3), chunk(6, 3), chunk(7, 3));
        assertThat(SavedPart.led(log, AT.plusSeconds(6)))
                .containsExactly(chunk(5, 3), chunk(6, 3), chunk(7, 3));
        assertThat(SavedPart.led(log, AT.plusSeconds(5)))
                .containsExactly(chunk(5, 3), chunk(6, 3), chunk(7, 3));
        assertThat(SavedPart.led(log, AT.plusSeconds(4))).isEqualTo(log);
        assertThat(SavedPart.led(log, AT.plusSeconds(8))).isEmpty();
    }

    @Test
    void everyPartIsALogThatCanBeRead() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var log = new ArrayList<LogChunk>();
            var firsts = new ArrayList<LogChunk>();
            int run = random.nextInt(5);
            for (int index = 0; index < 60; index++) {
                if (log.isEmpty() || random.nextInt(10) == 0) {
                    run += log.isEmpty() ? 0 : 1 + random.nextInt(3);
                    firsts.add(chunk(index, run));
                }
                log.add(chunk(index, run));
            }
            Collections.shuffle(firsts, random);
            int from = random.nextInt(60);
            int to = from + 1 + random.nextInt(60 - from);
            List<Place> places = SavedPart.of(log.subList(from, to), firsts);

            assertThat(places.stream().map(Place::from).toList())
                    .containsAll(log.subList(from, to));
            for (int i = 0; i < places.size(); i++) {
                Place place = places.get(i);
                assertThat(place.index()).as("seed %d", seed).isEqualTo(i);
                boolean begins = i == 0 || places.get(i - 1).run() != place.run();
                assertThat(firsts.contains(place.from())).as("seed %d", seed).isEqualTo(begins);
                if (i > 0) {
                    assertThat(place.run() - places.get(i - 1).run()).isBetween(0, 1);
                }
            }
        }
    }

    private static LogChunk chunk(long index, int run) {
        return new LogChunk(index, run, AT.plusSeconds(index));
    }
}
