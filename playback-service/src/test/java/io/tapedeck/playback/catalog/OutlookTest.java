package io.tapedeck.playback.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.playback.catalog.SessionStory.Rendered;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private SessionStory story =
            SessionStory.unheard("s")
                    .take(new SessionEvent.Opened("s", 1, AT, "", "video/webm", true));

    @Test
    void recordsUntilItIsSilentAndGoesOnWithTheNextChunk() {
        assertThat(state()).isEqualTo(SessionState.RECORDING);
        story = story.take(new SessionEvent.Interrupted("s", 5, AT));
        assertThat(state()).isEqualTo(SessionState.INTERRUPTED);
        story = story.take(new SessionEvent.Resumed("s", 6, AT));
        assertThat(state()).isEqualTo(SessionState.RECORDING);
        story = story.take(new SessionEvent.Interrupted("s", 5, AT));
        assertThat(state()).isEqualTo(SessionState.RECORDING);
    }

    @Test
    void completesUntilAllThatIsPlannedIsRendered() {
        story = story.counting(10).take(completed(1)).take(planned(2, 3, true));
        assertThat(state()).isEqualTo(SessionState.COMPLETING);
        story = story.with(new Rendered(false, 2, 100));
        assertThat(state()).isEqualTo(SessionState.COMPLETING);
        story = story.with(new Rendered(true, 2, 100));
        assertThat(state()).isEqualTo(SessionState.READY);
    }

    @Test
    void isNotReadyWhileMoreMayBePlanned() {
        story = story.counting(10).take(completed(1)).take(planned(2, 3, false));
        story = story.with(new Rendered(true, 3, 100));
        assertThat(state()).isEqualTo(SessionState.COMPLETING);
    }

    @Test
    void isNotReadyWhileTheWordOfIngestIsLate() {
        story = story.take(planned(2, 1, true)).with(new Rendered(true, 1, 100));
        assertThat(state()).isEqualTo(SessionState.COMPLETING);
        story = story.counting(10).take(completed(3, new IndexRange(1, 1)));
        assertThat(state()).isEqualTo(SessionState.COMPLETING);
        story = story.counting(10);
        assertThat(state()).isEqualTo(SessionState.READY);
    }

    @Test
    void whatSlidesIsReadyWithWhatIsLeftOfIt() {
        story =
                SessionStory.unheard("s")
                        .take(new SessionEvent.Opened("s", 1, AT, "", "video/mp4", true, 0, 60))
                        .counting(10)
                        .take(completed(1000))
                        .take(planned(2, 1, true))
                        .with(new Rendered(true, 1, 100));
        assertThat(state()).isEqualTo(SessionState.READY);
    }

    @Test
    void failsWithWordsWhenNothingCame() {
        story = story.take(completed(0));
        assertThat(Outlook.of(story).problem().orElseThrow().code()).isEqualTo("nothing-recorded");
        assertThat(state()).isEqualTo(SessionState.FAILED);
    }

    @Test
    void failsWithWordsWhenOnlyEmptyChunksCame() {
        story = story.counting(0).take(completed(2, new IndexRange(1, 1)));
        assertThat(state()).isEqualTo(SessionState.FAILED);
        assertThat(Outlook.of(story).problem()).isPresent();
    }

    @Test
    void waitsForChunksThatAreKnownToExist() {
        story = story.take(completed(2));
        assertThat(state()).isEqualTo(SessionState.COMPLETING);
    }

    @Test
    void aLaterRunThatCanBeReadTakesAFailureBackWhateverComesFirst() {
        var failed = new TranscodeEvent.Failed("s", 2, AT, "not-a-recording", "No WebM.");
        var empty = planned(3, 0, false);
        var planned = planned(4, 3, true);
        SessionStory open = story.counting(10);
        for (SessionStory told :
                List.of(
                        open.take(failed).take(empty).take(planned),
                        open.take(planned).take(failed).take(empty))) {
            story = told.take(completed(1)).with(new Rendered(true, 3, 100));
            assertThat(state()).isEqualTo(SessionState.READY);
            assertThat(Outlook.of(story).problem()).isEmpty();
        }
        story = open.take(failed).take(empty);
        assertThat(state()).isEqualTo(SessionState.FAILED);
    }

    @Test
    void failsAtOnceWhenTheBytesAreNoRecording() {
        story = story.counting(10);
        story = story.take(new TranscodeEvent.Failed("s", 1, AT, "not-a-recording", "No WebM."));
        assertThat(state()).isEqualTo(SessionState.FAILED);
        assertThat(Outlook.of(story).problem())
                .contains(new Outlook.Problem("not-a-recording", "No WebM."));
    }

    @Test
    void keepsWhatWasRenderedBeforeTheBytesWentBad() {
        story = story.counting(10).take(completed(1)).take(planned(1, 2, true));
        story = story.with(new Rendered(true, 2, 100));
        story =
                story.take(
                        new TranscodeEvent.Failed("s", 3, AT, "broken", "Broken in the middle."));
        assertThat(state()).isEqualTo(SessionState.READY);
        assertThat(Outlook.of(story).problem()).isPresent();
    }

    @Test
    void failsWhenEveryWindowIsAGap() {
        story = story.counting(10).take(completed(1)).take(planned(2, 2, true));
        story = story.with(new Rendered(true, 0, 100));
        assertThat(state()).isEqualTo(SessionState.FAILED);
        assertThat(Outlook.of(story).problem().orElseThrow().code()).isEqualTo("nothing-rendered");
    }

    private SessionState state() {
        return Outlook.of(story).state();
    }

    private static SessionEvent completed(long chunks, IndexRange... missing) {
        return new SessionEvent.Completed("s", 20, AT, chunks, List.of(missing));
    }

    private static TranscodeEvent.Planned planned(long sequence, long windows, boolean complete) {
        return new TranscodeEvent.Planned("s", sequence, AT, windows, 100, complete, List.of());
    }
}
