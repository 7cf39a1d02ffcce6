package io.tapedeck.transcode.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One fact about what the worker made of a session, told on [TranscodeTopics#SEGMENTS] as JSON
/// with the discriminator `type`.
///
/// `sequence` counts through one session's story as the worker tells it. Segments, gaps and
/// renditions are idempotent by their own keys and may be taken in any order; of the facts that
/// replace each other ([TaskChanged], [Planned], [Converting], [Checked], [Previewed],
/// [HistoryMoved]) the higher sequence wins. [WindowsPlanned] is idempotent by plan, cut and first
/// window. Times are ticks of 1/90000 s on the session's one media timeline.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TranscodeEvent.RenditionPlanned.class, name = "rendition-planned"),
    @JsonSubTypes.Type(value = TranscodeEvent.RenditionEnded.class, name = "rendition-ended"),
    @JsonSubTypes.Type(
            value = TranscodeEvent.RenditionWithdrawn.class,
            name = "rendition-withdrawn"),
    @JsonSubTypes.Type(value = TranscodeEvent.SegmentReady.class, name = "segment-ready"),
    @JsonSubTypes.Type(value = TranscodeEvent.WindowFailed.class, name = "window-failed"),
    @JsonSubTypes.Type(value = TranscodeEvent.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = TranscodeEvent.WindowsPlanned.class, name = "windows-planned"),
    @JsonSubTypes.Type(value = TranscodeEvent.Converting.class, name = "converting"),
    @JsonSubTypes.Type(value = TranscodeEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = TranscodeEvent.TaskChanged.class, name = "task-changed"),
    @JsonSubTypes.Type(value = TranscodeEvent.Checked.class, name = "checked"),
    @JsonSubTypes.Type(value = TranscodeEvent.Previewed.class, name = "previewed"),
    @JsonSubTypes.Type(value = TranscodeEvent.HistoryMoved.class, name = "history-moved"),
    @JsonSubTypes.Type(value = TranscodeEvent.HistoryForgotten.class, name = "history-forgotten"),
})
public sealed interface TranscodeEvent {

    /// Whose story this is.
    String sessionId();

    /// Place in the worker's story of this session, from 1.
    long sequence();

    /// When the fact was committed.
    Instant at();

    /// A rendition of this session is going to be rendered.
    ///
    /// @param rendition its name, e.g. `720p`, or `audio` for a session without pictures
    /// @param generation from 1; re-rendering starts another
    /// @param widthPixels 0 without pictures
    /// @param heightPixels 0 without pictures
    /// @param targetDurationSeconds upper bound of every segment's rounded duration, constant
    /// @param plan which plan of the session's timeline it belongs to, from 1; 0 was told by
    ///   workers that knew of one only. Renditions of different plans do not go together
    /// @param ordered whether somebody asked for it later; all others of a plan belong to it
    record RenditionPlanned(
            String sessionId,
            long sequence,
            Instant at,
            String rendition,
            int generation,
            int widthPixels,
            int heightPixels,
            int targetDurationSeconds,
            int plan,
            boolean ordered)
            implements TranscodeEvent {}

    /// A rendition will get no more windows than these. Whether all of them are rendered follows
    /// from the facts about windows.
    ///
    /// @param windowCount from window 0
    record RenditionEnded(
            String sessionId,
            long sequence,
            Instant at,
            String rendition,
            int generation,
            long windowCount)
            implements TranscodeEvent {}

    /// A rendition that was announced is not to be shown: it cannot be made as it was meant, or
    /// nobody wants it any more. For good.
    ///
    /// @param reason for people
    record RenditionWithdrawn(
            String sessionId,
            long sequence,
            Instant at,
            String rendition,
            int generation,
            String reason)
            implements TranscodeEvent {}

    /// A window of a rendition is rendered; its bytes are in the store and never change.
    ///
    /// @param window number of the window in the rendition, from 0
    /// @param run number of the unbroken run on the timeline, from 0; runs that nobody announced
    ///   are counted too. Where it differs from the window before it, the segment starts a
    ///   discontinuity
    /// @param digest short lower-case hex digest of the bytes, part of the public address
    /// @param codecs RFC 6381 codecs of the segment, read from its bytes, e.g.
    ///   `avc1.64001f,mp4a.40.2`
    /// @param frames pictures in it
    /// @param recordedAt when its beginning was recorded, by the server's clock; null if unknown.
    ///   As much time passes from window to window of a run as on the timeline
    record SegmentReady(
            String sessionId,
            long sequence,
            Instant at,
            String rendition,
            int generation,
            long window,
            int run,
            long startTicks,
            long durationTicks,
            String objectKey,
            String digest,
            long sizeBytes,
            String codecs,
            int frames,
            @Nullable Instant recordedAt)
            implements TranscodeEvent {}

    /// A window could not be rendered and will not be tried again: a known gap.
    ///
    /// @param reason for people
    /// @param recordedAt as of [SegmentReady]
    record WindowFailed(
            String sessionId,
            long sequence,
            Instant at,
            String rendition,
            int generation,
            long window,
            int run,
            long startTicks,
            long durationTicks,
            String reason,
            @Nullable Instant recordedAt)
            implements TranscodeEvent {}

    /// How far the timeline is planned.
    ///
    /// @param windowCount windows of two seconds planned so far
    /// @param durationTicks media time planned so far
    /// @param complete whether this is all there will ever be
    /// @param gaps media time known to be missing
    record Planned(
            String sessionId,
            long sequence,
            Instant at,
            long windowCount,
            long durationTicks,
            boolean complete,
            List<Gap> gaps)
            implements TranscodeEvent {}

    /// How far those parts of a session are converted that can only be read as a whole. Nothing of
    /// them is planned before all of them are: the highest sequence replaces all before it.
    ///
    /// @param progress 0 to 1, of all of them by their bytes; falls only where a try begins again
    ///   from nothing
    /// @param remainingMillis how long the rest of converting takes at the pace of that moment,
    ///   null while nobody can know
    record Converting(
            String sessionId,
            long sequence,
            Instant at,
            double progress,
            @Nullable Long remainingMillis)
            implements TranscodeEvent {}

    /// Windows that are going to be rendered, told of sessions that are not live, so that they can
    /// be listed before they are. Few of these messages tell of hours, and none of more than
    /// [#MOST_WINDOWS].
    ///
    /// @param plan the plan they are of, as of [RenditionPlanned]
    /// @param cut the cut of the timeline, `grid` or `source`: the rendition of that name has the
    ///   latter, all others the former
    /// @param firstWindow number of the first one in that cut of that plan; the others follow
    /// @param spans in order, at least one
    record WindowsPlanned(
            String sessionId,
            long sequence,
            Instant at,
            int plan,
            String cut,
            long firstWindow,
            List<Span> spans)
            implements TranscodeEvent {

        public static final int MOST_WINDOWS = 2000;

        public WindowsPlanned {
            spans = List.copyOf(spans);
        }
    }

    /// Windows that follow each other without a gap.
    ///
    /// @param run as of [SegmentReady]
    /// @param startTicks of the first one
    /// @param recordedAt of the first one, as of [SegmentReady]
    /// @param durationsTicks one for each window
    record Span(int run, long startTicks, @Nullable Instant recordedAt, List<Long> durationsTicks) {
        public Span {
            durationsTicks = List.copyOf(durationsTicks);
        }
    }

    /// Nothing can be made of the bytes that came so far. What was rendered before stays. While a
    /// session is open another run may be better: a [Planned] with windows and a higher sequence
    /// takes this back.
    ///
    /// @param code stable, e.g. `not-a-recording`, `unsupported-codec`
    /// @param message for people
    record Failed(String sessionId, long sequence, Instant at, String code, String message)
            implements TranscodeEvent {}

    /// A task's current state, complete: the highest sequence replaces all before it.
    ///
    /// @param taskType e.g. `export`
    /// @param format what an export makes, e.g. `mp4`
    /// @param state see [TaskState]
    /// @param progress 0 to 1
    /// @param resultKey object key of the result, once succeeded
    /// @param resultBytes its size, 0 until succeeded
    /// @param error for people, once failed
    record TaskChanged(
            String sessionId,
            long sequence,
            Instant at,
            String taskId,
            String taskType,
            String format,
            TaskState state,
            double progress,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String resultKey,
            long resultBytes,
            @Nullable String error)
            implements TranscodeEvent {}

    /// What a finished session was found to be when it was looked at: the highest sequence replaces
    /// all before it.
    ///
    /// @param passed whether no check failed; missing time is listed and no failure
    /// @param missing gaps of the recording and parts that could not be rendered
    record Checked(
            String sessionId,
            long sequence,
            Instant at,
            boolean passed,
            List<Check> checks,
            List<Gap> missing)
            implements TranscodeEvent {}

    /// One thing that was checked.
    ///
    /// @param code stable, e.g. `pictures`
    /// @param words the result, for people
    /// @param places where it failed, the first ones of [#placeCount]
    record Check(
            String code, CheckResult result, String words, int placeCount, List<Place> places) {}

    /// Where a check failed.
    ///
    /// @param rendition null where it is about all of them
    /// @param startTicks where on the session's timeline
    /// @param words what is wrong there, for people
    record Place(@Nullable String rendition, long startTicks, String words) {}

    /// Pictures that say what a session is about: the highest sequence replaces all before it.
    ///
    /// @param storyboard null as long as the session is not complete
    record Previewed(
            String sessionId,
            long sequence,
            Instant at,
            Picture poster,
            @Nullable Storyboard storyboard)
            implements TranscodeEvent {}

    /// A JPEG in the store.
    record Picture(String objectKey, long sizeBytes, int widthPixels, int heightPixels) {}

    /// Small pictures of the whole session, side by side on sheets, for scrubbing.
    ///
    /// @param sheets in order; each is filled row by row, and the last one may have fewer rows
    /// @param columns of each sheet
    /// @param rows of each sheet but the last
    /// @param startTicks where on the session's timeline each tile's time begins; it goes to the
    ///   next one's
    /// @param endTicks where the last one's ends
    record Storyboard(
            List<Picture> sheets,
            int tileWidthPixels,
            int tileHeightPixels,
            int columns,
            int rows,
            List<Long> startTicks,
            long endTicks) {}

    /// What is in front of these windows is old, and playlists are not to list it any more: the
    /// highest sequence replaces all before it. It can still be asked for, until
    /// [HistoryForgotten].
    ///
    /// @param startTicks no window that is listed begins before this
    /// @param starts one for each cut that does not begin with its first window any more
    record HistoryMoved(
            String sessionId, long sequence, Instant at, long startTicks, List<Start> starts)
            implements TranscodeEvent {
        public HistoryMoved {
            starts = List.copyOf(starts);
        }
    }

    /// Where playlists of a cut begin.
    ///
    /// @param cut `grid` or `source`, as of [WindowsPlanned]
    /// @param firstWindow number of the first window that is listed
    /// @param discontinuities how many there are before it, counting the one right before it
    /// @param droppedTicks how long all windows before it are together
    record Start(String cut, long firstWindow, long discontinuities, long droppedTicks) {}

    /// No player can ask any more for windows that were taken out of the playlists, and they are
    /// being removed from the store.
    ///
    /// @param cut as of [Start]
    /// @param belowWindow those below this
    record HistoryForgotten(
            String sessionId, long sequence, Instant at, String cut, long belowWindow)
            implements TranscodeEvent {}

    /// Time that is known to be missing.
    ///
    /// @param reason for people
    record Gap(long startTicks, long durationTicks, String reason) {}
}
