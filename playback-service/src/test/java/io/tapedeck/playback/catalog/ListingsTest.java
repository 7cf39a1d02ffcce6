package io.tapedeck.playback.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.RenditionProgress.Announcement;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingsTest {

    private static final int PLAN = 1;
    private static final int REPAIR = 2;

    @Test
    void aRepairTakesOverWithAllItsRenditions() {
        var before = List.of(whole("720p", 1, PLAN), whole("480p", 1, PLAN));
        var half = List.of(whole("720p", 2, REPAIR), started("480p", 2, REPAIR));
        var done = List.of(whole("720p", 2, REPAIR), whole("480p", 2, REPAIR));

        assertThat(shown(before, half)).containsExactly("720p.1", "480p.1");
        assertThat(shown(before, done)).containsExactly("720p.2", "480p.2");
    }

    @Test
    void whatTheRepairDoesNotMakeIsShownNoMore() {
        var before = List.of(whole("source", 1, PLAN), whole("720p", 1, PLAN));
        assertThat(shown(before, List.of(whole("720p", 2, REPAIR)))).containsExactly("720p.2");
    }

    @Test
    void theFirstPlanIsShownWhileItIsMade() {
        var renditions = List.of(started("720p", 1, PLAN), started("480p", 1, PLAN));
        assertThat(shown(renditions, List.of())).containsExactly("720p.1", "480p.1");
    }

    @Test
    void whatWasOrderedIsShownWhenItIsWhole() {
        var plan = List.of(whole("720p", 1, PLAN));
        var underWay = ordered(started("480p", 1, PLAN));
        var again = ordered(started("720p", 2, PLAN));
        assertThat(shown(plan, List.of(underWay, again))).containsExactly("720p.1");
        assertThat(Listings.together(shownOf(plan, List.of(underWay, again))).whole()).isTrue();
        assertThat(shown(plan, List.of(ordered(whole("480p", 1, PLAN)))))
                .containsExactly("720p.1", "480p.1");
    }

    @Test
    void anOrderAfterARepairHidesNothing() {
        var plans = List.of(whole("720p", 1, PLAN), whole("720p", 2, REPAIR));
        var order = List.of(ordered(started("720p", 3, REPAIR)));
        assertThat(shown(plans, order)).containsExactly("720p.2");
    }

    @Test
    void gapsAreThoseOfWhatIsShown() {
        var missing =
                List.of(
                        new MissingWindow("720p", 1, gap("before the repair")),
                        new MissingWindow("720p", 2, gap("still")),
                        new MissingWindow("source", 1, gap("no picture to begin with")));
        var shown = List.of(whole("source", 1, PLAN), whole("720p", 2, PLAN));

        assertThat(MissingWindow.from(missing, shown)).containsExactly(gap("still"));
        assertThat(MissingWindow.from(missing, shown.subList(0, 1)))
                .containsExactly(gap("no picture to begin with"));
    }

    @Test
    void ofAFileWhatIsWholeIsOfferedAndOneThatIsQuick() {
        var best = ahead("1080p", 1080, 3, false);
        var quick = ahead("480p", 480, 3, false);
        var least = ahead("240p", 240, 3, false);
        assertThat(offered(best, quick, least)).containsExactly("480p");
        assertThat(offered(best, ahead("720p", 720, 1, false))).containsExactly("720p");
        assertThat(offered(ahead("1080p", 1080, 5, true), quick, least))
                .containsExactly("1080p", "480p");
    }

    @Test
    void ofAFilePicturesThatAreCopiedAreOfferedBeforeTheyAreThere() {
        var source = ahead("source", 1080, 0, false);
        assertThat(offered(source, ahead("480p", 480, 3, false))).containsExactly("source");
        assertThat(Listings.together(List.of(source)).ticks()).isEqualTo(5 * 180_000L);
    }

    @Test
    void aRungOfAFileOfWhichNothingIsThereIsNotOffered() {
        assertThat(offered(ahead("480p", 480, 0, false))).isEmpty();
        assertThat(Listings.together(List.of(ahead("480p", 480, 0, false))).ticks()).isZero();
    }

    @Test
    void copiedPicturesOfWhichNoneCouldBeMadeAreNotOffered() {
        var lost =
                new RenditionProgress(
                        "source",
                        1,
                        new Announcement(new Layout(854, 480, 10), PLAN, false),
                        5,
                        0,
                        5,
                        5L,
                        false,
                        new Foreseen(5, 5),
                        new Settled(5, 0, null, null));
        assertThat(offered(lost)).isEmpty();
    }

    private static List<String> offered(RenditionProgress... shown) {
        return Listings.playable(List.of(shown)).stream().map(RenditionProgress::name).toList();
    }

    /// Of a file with five windows.
    private static RenditionProgress ahead(String name, int height, int settled, boolean whole) {
        return new RenditionProgress(
                name,
                1,
                new Announcement(new Layout(height * 16 / 9, height, 2), PLAN, false),
                whole ? 5 : 0,
                whole ? 5 : 0,
                whole ? 5 * 180_000L : 0,
                5L,
                false,
                new Foreseen(5, 5 * 180_000L),
                new Settled(settled, settled, null, null));
    }

    private static TranscodeEvent.Gap gap(String reason) {
        return new TranscodeEvent.Gap(0, 180_000, reason);
    }

    private static List<String> shown(List<RenditionProgress> some, List<RenditionProgress> more) {
        return shownOf(some, more).stream().map(r -> r.name() + "." + r.generation()).toList();
    }

    private static List<RenditionProgress> shownOf(
            List<RenditionProgress> some, List<RenditionProgress> more) {
        return Listings.shown(Stream.concat(some.stream(), more.stream()).toList());
    }

    private static RenditionProgress whole(String name, int generation, int plan) {
        return of(name, generation, plan, false, 5);
    }

    private static RenditionProgress started(String name, int generation, int plan) {
        return of(name, generation, plan, false, 2);
    }

    private static RenditionProgress ordered(RenditionProgress progress) {
        return of(
                progress.name(),
                progress.generation(),
                Objects.requireNonNull(progress.announcement()).plan(),
                true,
                (int) progress.listedWindows());
    }

    private static RenditionProgress of(
            String name, int generation, int plan, boolean ordered, int windows) {
        int height = name.equals("480p") ? 480 : 720;
        var layout = new Layout(height * 16 / 9, height, 2);
        return new RenditionProgress(
                name,
                generation,
                new Announcement(layout, plan, ordered),
                windows,
                windows,
                windows * 180_000L,
                5L,
                false,
                Foreseen.NOTHING,
                Settled.NONE);
    }
}
