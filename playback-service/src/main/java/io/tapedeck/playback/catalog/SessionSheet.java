package io.tapedeck.playback.catalog;

import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.playback.catalog.SessionStory.Opening;
import io.tapedeck.playback.catalog.SessionView.ExportView;
import io.tapedeck.playback.catalog.SessionView.GapView;
import io.tapedeck.playback.catalog.SessionView.RenditionView;
import io.tapedeck.playback.preview.Preview;
import io.tapedeck.playback.task.Task;
import io.tapedeck.playback.task.TaskView;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is kept of one session and shown to people.
///
/// @param renditions each generation
/// @param missing windows that could not be rendered, of each generation
/// @param tasks any type
/// @param preview null before the first picture
record SessionSheet(
        SessionStory story,
        List<RenditionProgress> renditions,
        List<MissingWindow> missing,
        List<Task> tasks,
        @Nullable Preview preview) {

    private static final long TICKS_PER_MILLI = 90;
    private static final String MP4 = "mp4";

    /// @param opening of the story, which must be visible
    SessionView view(Opening opening, Addresses addresses, Instant now) {
        Outlook outlook = Outlook.of(story);
        String id = story.id();
        boolean recorded = tasks.stream().anyMatch(t -> t.hasResult() && t.format().equals(MP4));
        return new SessionView(
                id,
                opening.title(),
                opening.mimeType(),
                opening.live(),
                outlook.state(),
                opening.at(),
                millis(story.rendered().ticks()),
                millis(Math.max(story.plan().durationTicks(), story.rendered().ticks())),
                story.log().sizeBytes(),
                story.log().chunks(),
                renditions(addresses),
                gaps(),
                exports(addresses),
                addresses.masterPlaylist(id),
                addresses.watch(id),
                addresses.source(id),
                preview == null ? null : addresses.poster(id),
                preview == null || preview.storyboard() == null ? null : addresses.storyboard(id),
                recorded ? addresses.recording(id) + "?download" : null,
                outlook.state() == SessionState.COMPLETING
                        ? Processing.of(story.converting(), Listings.shown(renditions), now)
                        : null,
                outlook.problem().orElse(null));
    }

    private List<RenditionView> renditions(Addresses addresses) {
        return Listings.shown(renditions).stream()
                .filter(RenditionProgress::playable)
                .map(rendition -> rendition(rendition, addresses))
                .toList();
    }

    /// @param rendition a playable one, which was announced
    private RenditionView rendition(RenditionProgress rendition, Addresses addresses) {
        Layout layout = Objects.requireNonNull(rendition.layout());
        boolean pictures = layout.widthPixels() > 0;
        return new RenditionView(
                rendition.name(),
                pictures ? layout.widthPixels() : null,
                pictures ? layout.heightPixels() : null,
                millis(rendition.playableTicks()),
                addresses.mediaPlaylist(story.id(), rendition.name()));
    }

    private List<GapView> gaps() {
        return Stream.concat(
                        story.plan().gaps().stream(),
                        MissingWindow.from(missing, Listings.shown(renditions)))
                .filter(this::isListed)
                .map(gap ->
                        new GapView(
                                millis(gap.startTicks()),
                                millis(gap.durationTicks()),
                                gap.reason()))
                .distinct()
                .sorted(Comparator.comparingLong(GapView::startMillis))
                .toList();
    }

    /// Whether it is not in front of what playlists begin with. Between runs there may be less than
    /// a frame that is not counted as dropped.
    private boolean isListed(TranscodeEvent.Gap gap) {
        return gap.startTicks() + gap.durationTicks()
                >= story.history().dropped(RenditionProgress.GRID).ticks();
    }

    private List<ExportView> exports(Addresses addresses) {
        return tasks.stream()
                .filter(task -> task.type().equals(Task.EXPORT))
                .map(task -> TaskView.of(task, addresses))
                .map(view ->
                        new ExportView(
                                view.id(),
                                view.format(),
                                view.state(),
                                view.progress(),
                                view.resultUrl(),
                                view.resultBytes(),
                                view.error()))
                .toList();
    }

    private static long millis(long ticks) {
        return ticks / TICKS_PER_MILLI;
    }
}
