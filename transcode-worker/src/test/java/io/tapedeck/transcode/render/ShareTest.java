package io.tapedeck.transcode.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void takesNeighboursThatAreDueInTheSameRenditions() {
        assertThat(share(5, due(5, "720p"), due(5, "480p"), due(6, "720p"), due(6, "480p")))
                .isEqualTo(new Share(5, 2));
    }

    @Test
    void endsWhereAWindowIsNotDueOrNotInAllRenditions() {
        assertThat(share(5, due(5, "720p"), due(7, "720p"))).isEqualTo(new Share(5, 1));
        assertThat(share(5, due(5, "720p"), due(6, "720p"), due(6, "480p")))
                .isEqualTo(new Share(5, 1));
    }

    @Test
    void takesNoMoreThanAskedFor() {
        List<DueSegment> many = List.of(due(0, "a"), due(1, "a"), due(2, "a"));

        assertThat(Share.of(0, many, 2)).contains(new Share(0, 2));
    }

    @Test
    void rendersAloneWhatWasTriedBefore() {
        var tried = new DueSegment(5, "720p", 1, true, true);

        assertThat(share(5, tried, due(6, "720p"))).isEqualTo(new Share(5, 1));
        assertThat(share(4, due(4, "720p"), tried)).isEqualTo(new Share(4, 1));
    }

    @Test
    void goesOnWithWhatTheJobHadTakenBefore() {
        var mine = new DueSegment(6, "720p", 1, false, true);

        assertThat(share(5, mine)).isEqualTo(new Share(6, 1));
    }

    @Test
    void leavesNeighboursToTheirOwnJobsWhenNothingOfItsOwnIsDue() {
        assertThat(Share.of(5, List.of(due(6, "720p")), 5)).isEmpty();
        assertThat(Share.of(5, List.of(), 5)).isEmpty();
    }

    private static Share share(long lead, DueSegment... due) {
        return Share.of(lead, List.of(due), 5).orElseThrow();
    }

    private static DueSegment due(long window, String rendition) {
        return new DueSegment(window, rendition, 1, false, false);
    }
}
