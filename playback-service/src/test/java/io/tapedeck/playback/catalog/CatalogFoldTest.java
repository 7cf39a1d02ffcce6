package io.tapedeck.playback.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CatalogFoldTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final RowsInMemory rows = new RowsInMemory();
    private final CatalogFold fold = new CatalogFold(rows);

    @Test
    void anyOrderAndAnyRepetitionGiveTheSameRows() {
        for (long seed = 0; seed < 400; seed++) {
            var random = new SplittableRandom(seed);
            List<Object> events = new ArrayList<>(Tellings.life("a", random));
            events.addAll(Tellings.life("b", random));

            RowsInMemory inOrder = told(events);
            RowsInMemory garbled = told(Tellings.garbled(events, random));

            assertThat(garbled.all()).as("seed %d", seed).isEqualTo(inOrder.all());
        }
    }

    @Test
    void aLifeEndsReadyUnlessNothingCouldBeRendered() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            RowsInMemory told = told(Tellings.life("a", random));
            SessionStory story = told.lock("a");
            if (!story.visible()) {
                continue;
            }
            boolean anything = story.rendered().segments() > 0;
            assertThat(Outlook.of(story).state())
                    .as("seed %d", seed)
                    .isEqualTo(anything ? SessionState.READY : SessionState.FAILED);
            assertThat(story.rendered().whole()).isTrue();
        }
    }

    @Test
    void theFirstOutcomeOfAWindowStays() {
        fold.take(planned());
        fold.take(segment(0, "aaaa"));
        fold.take(segment(0, "bbbb"));
        fold.take(failed(0));

        assertThat(rows.outcomes.values())
                .singleElement()
                .isInstanceOfSatisfying(
                        WindowOutcome.Segment.class,
                        kept -> assertThat(kept.digest()).isEqualTo("aaaa"));
        assertThat(rows.renditions("s").getFirst().listedWindows()).isEqualTo(1);
    }

    @Test
    void onlyTheContiguousPartIsListed() {
        fold.take(planned());
        fold.take(segment(2, "cc"));
        fold.take(segment(1, "bb"));
        assertThat(rows.renditions("s").getFirst().listedWindows()).isZero();

        fold.take(failed(0));

        RenditionProgress listed = rows.renditions("s").getFirst();
        assertThat(listed.listedWindows()).isEqualTo(3);
        assertThat(listed.listedSegments()).isEqualTo(2);
        assertThat(listed.listedTicks()).isEqualTo(3 * Tellings.TWO_SECONDS);
    }

    @Test
    void nothingBringsARemovedSessionBack() {
        fold.take(opened());
        fold.take(chunk(0, 10));
        fold.take(planned());
        fold.take(segment(0, "aa"));
        fold.take(new SessionEvent.Removed("s", 9, AT));

        fold.take(opened());
        fold.take(chunk(1, 10));
        fold.take(new SessionEvent.Restored("s", 10, AT));
        fold.take(planned());
        fold.take(segment(1, "bb"));

        assertThat(rows.sessions.get("s")).isEqualTo(SessionStory.removed("s", 9));
        assertThat(rows.chunks).isEmpty();
        assertThat(rows.outcomes).isEmpty();
        assertThat(rows.renditions).isEmpty();
    }

    @Test
    void aLaterGenerationIsShownWhenItIsWhole() {
        fold.take(planned());
        fold.take(segment(0, "a0"));
        fold.take(segment(1, "a1"));
        fold.take(new TranscodeEvent.Planned("s", 9, AT, 2, 360_000, true, List.of()));
        fold.take(
                new TranscodeEvent.RenditionPlanned("s", 10, AT, "720p", 2, 1280, 720, 2, 1, true));
        fold.take(segment(2, 0, "b0"));
        assertThat(shown().generation()).isEqualTo(1);

        fold.take(segment(2, 1, "b1"));
        assertThat(shown().generation()).isEqualTo(1);
        fold.take(new TranscodeEvent.RenditionEnded("s", 11, AT, "720p", 2, 2));

        assertThat(shown().generation()).isEqualTo(2);
        fold.take(new TranscodeEvent.RenditionWithdrawn("s", 12, AT, "720p", 2, "unwanted"));
        assertThat(shown().generation()).isEqualTo(1);
    }

    @Test
    void whatIsFarBehindIsNotOfferedToPlayers() {
        fold.take(planned());
        fold.take(
                new TranscodeEvent.RenditionPlanned("s", 2, AT, "240p", 1, 426, 240, 2, 1, false));
        fold.take(segment("240p", 0));
        for (long window = 0; window < 6; window++) {
            fold.take(segment(window, "a" + window));
        }
        assertThat(offered()).containsExactly("720p", "240p");

        fold.take(segment(6, "a6"));
        assertThat(offered()).containsExactly("720p");
        fold.take(segment("240p", 1));

        assertThat(offered()).containsExactly("720p", "240p");
    }

    private List<String> offered() {
        return Listings.playable(Listings.shown(rows.renditions("s"))).stream()
                .map(RenditionProgress::name)
                .toList();
    }

    private RenditionProgress shown() {
        return Listings.shown(rows.renditions("s")).getFirst();
    }

    private static RowsInMemory told(List<Object> events) {
        var rows = new RowsInMemory();
        var fold = new CatalogFold(rows);
        events.forEach(event -> Tellings.tell(fold, event));
        return rows;
    }

    private static SessionEvent opened() {
        return new SessionEvent.Opened("s", 1, AT, "", "video/webm", true);
    }

    private static SessionEvent chunk(long index, long sizeBytes) {
        return new SessionEvent.ChunkStored(
                "s", 2 + index, AT, index, 0, "k" + index, sizeBytes, "");
    }

    private static TranscodeEvent planned() {
        return new TranscodeEvent.RenditionPlanned("s", 1, AT, "720p", 1, 1280, 720, 2, 1, false);
    }

    private static TranscodeEvent segment(long window, String digest) {
        return segment(1, window, digest);
    }

    private static TranscodeEvent segment(int generation, long window, String digest) {
        return segment("720p", generation, window, digest);
    }

    private static TranscodeEvent segment(String rendition, long window) {
        return segment(rendition, 1, window, "x" + window);
    }

    private static TranscodeEvent segment(
            String rendition, int generation, long window, String digest) {
        return new TranscodeEvent.SegmentReady(
                "s",
                2,
                AT,
                rendition,
                generation,
                window,
                0,
                window * Tellings.TWO_SECONDS,
                Tellings.TWO_SECONDS,
                "key",
                digest,
                1000,
                "avc1.64001f",
                60,
                null);
    }

    private static TranscodeEvent failed(long window) {
        return new TranscodeEvent.WindowFailed(
                "s",
                3,
                AT,
                "720p",
                1,
                window,
                0,
                window * Tellings.TWO_SECONDS,
                Tellings.TWO_SECONDS,
                "broken",
                null);
    }
}
