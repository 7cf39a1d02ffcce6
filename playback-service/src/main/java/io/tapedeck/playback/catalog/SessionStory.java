package io.tapedeck.playback.catalog;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One session as far as its two stories have been told here. Events may come twice, late and in
/// any order, and the other story may be ahead: each part below keeps the sequence of the fact it
/// comes from, and an older fact changes nothing.
///
/// @param opening null until its `opened` came; nobody is shown the session before
/// @param failure null while nothing is wrong
/// @param converting null where nothing had to be converted so far
public record SessionStory(
        String id,
        @Nullable Opening opening,
        Capture capture,
        Visibility visibility,
        ChunkLog log,
        Plan plan,
        @Nullable Failure failure,
        Rendered rendered,
        History history,
        @Nullable Converting converting) {

    /// What the session was opened as.
    ///
    /// @param title possibly empty
    /// @param mimeType as the client said it
    /// @param historySeconds how much of it is kept while it is recorded; 0 for everything
    public record Opening(
            String title, String mimeType, boolean live, Instant at, long historySeconds) {}

    /// Whether bytes are coming.
    ///
    /// @param sequence of the ingest fact, 0 when none came
    /// @param chunkCount chunks the session ends with, counting the missing; 0 before it ends
    /// @param missingChunks how many of these never came
    /// @param fileName of the files made of its log, without what stands behind the dot; null for
    ///   what did not come as frames, and before it ends
    public record Capture(
            Phase phase,
            long sequence,
            long chunkCount,
            long missingChunks,
            @Nullable String fileName) {

        /// One that goes on.
        Capture(Phase phase, long sequence) {
            this(phase, sequence, 0, 0, null);
        }

        /// What ingest said last.
        public enum Phase {
            RECORDING,
            INTERRUPTED,
            COMPLETED
        }
    }

    /// Whether it may be shown.
    ///
    /// @param sequence of the ingest fact, 0 when none came
    public record Visibility(Level level, long sequence) {

        /// Hidden can be undone, removed cannot.
        public enum Level {
            VISIBLE,
            HIDDEN,
            REMOVED
        }
    }

    /// The chunks that are known to be stored.
    public record ChunkLog(long chunks, long sizeBytes) {}

    /// How far the timeline is planned.
    ///
    /// @param sequence of the worker's fact, 0 when none came
    /// @param complete whether nothing will be added
    public record Plan(
            long sequence,
            long windows,
            long durationTicks,
            boolean complete,
            List<TranscodeEvent.Gap> gaps) {
        public Plan {
            gaps = List.copyOf(gaps);
        }
    }

    /// Why no more can be made of the bytes.
    ///
    /// @param code stable
    /// @param message for people
    public record Failure(long sequence, String code, String message) {}

    /// How far all renditions are listed.
    ///
    /// @param whole whether every shown rendition has all its windows
    /// @param segments rendered and listed in the rendition that has most
    /// @param ticks what a viewer can play, in the rendition that is farthest
    public record Rendered(boolean whole, long segments, long ticks) {}

    /// Where playlists begin.
    ///
    /// @param sequence of the worker's fact, 0 when none came
    /// @param starts one for each cut of the timeline that does not begin with its first window
    public record History(long sequence, List<TranscodeEvent.Start> starts) {

        static final History WHOLE = new History(0, List.of());

        public History {
            starts = List.copyOf(starts);
        }

        /// What a rendition of that cut does not list any more.
        Dropped dropped(String cut) {
            return starts.stream()
                    .filter(start -> start.cut().equals(cut))
                    .findFirst()
                    .map(start ->
                            new Dropped(
                                    start.firstWindow(),
                                    start.discontinuities(),
                                    start.droppedTicks()))
                    .orElse(Dropped.NOTHING);
        }
    }

    /// How far what can only be read as a whole is converted.
    ///
    /// @param sequence of the worker's fact
    /// @param at when that was so
    /// @param progress 0 to 1
    /// @param remainingMillis as of then, null while nobody could know
    public record Converting(
            long sequence, Instant at, double progress, @Nullable Long remainingMillis) {}

    /// Whether what is old is taken out of its playlists while it is recorded.
    public boolean sliding() {
        return opening != null && opening.historySeconds() > 0;
    }

    /// A session nothing was heard of.
    public static SessionStory unheard(String id) {
        return new SessionStory(
                id,
                null,
                new Capture(Capture.Phase.RECORDING, 0),
                new Visibility(Visibility.Level.VISIBLE, 0),
                new ChunkLog(0, 0),
                new Plan(0, 0, 0, false, List.of()),
                null,
                new Rendered(false, 0, 0),
                History.WHOLE,
                null);
    }

    /// Gone for good. Only that is remembered, so that late events do not bring it back.
    static SessionStory removed(String id, long sequence) {
        SessionStory blank = unheard(id);
        return blank.with(new Visibility(Visibility.Level.REMOVED, sequence));
    }

    boolean removed() {
        return visibility.level() == Visibility.Level.REMOVED;
    }

    /// Whether it exists for anybody outside.
    public boolean visible() {
        return opening != null && visibility.level() == Visibility.Level.VISIBLE;
    }

    /// The story with one more fact of ingest. Chunks change it only through [#counting] and
    /// [#without], because they may have been counted before.
    SessionStory take(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Opened e -> opened(e);
            case SessionEvent.ChunkStored _, SessionEvent.ChunksForgotten _ -> this;
            case SessionEvent.Interrupted e -> capture(Capture.Phase.INTERRUPTED, e.sequence());
            case SessionEvent.Resumed e -> capture(Capture.Phase.RECORDING, e.sequence());
            case SessionEvent.Completed e -> completed(e);
            case SessionEvent.Hidden e -> visibility(Visibility.Level.HIDDEN, e.sequence());
            case SessionEvent.Restored e -> visibility(Visibility.Level.VISIBLE, e.sequence());
            case SessionEvent.Removed e -> removed(id, e.sequence());
        };
    }

    SessionStory take(TranscodeEvent.Planned event) {
        if (event.sequence() <= plan.sequence()) {
            return this;
        }
        var next =
                new Plan(
                        event.sequence(),
                        event.windowCount(),
                        event.durationTicks(),
                        event.complete(),
                        event.gaps());
        return new SessionStory(
                id,
                opening,
                capture,
                visibility,
                log,
                next,
                failure,
                rendered,
                history,
                converting);
    }

    SessionStory take(TranscodeEvent.Converting event) {
        if (converting != null && event.sequence() <= converting.sequence()) {
            return this;
        }
        var next =
                new Converting(
                        event.sequence(), event.at(), event.progress(), event.remainingMillis());
        return new SessionStory(
                id, opening, capture, visibility, log, plan, failure, rendered, history, next);
    }

    SessionStory take(TranscodeEvent.HistoryMoved event) {
        if (event.sequence() <= history.sequence()) {
            return this;
        }
        var next = new History(event.sequence(), event.starts());
        return new SessionStory(
                id, opening, capture, visibility, log, plan, failure, rendered, next, converting);
    }

    SessionStory take(TranscodeEvent.Failed event) {
        if (failure != null && event.sequence() <= failure.sequence()) {
            return this;
        }
        var next = new Failure(event.sequence(), event.code(), event.message());
        return new SessionStory(
                id, opening, capture, visibility, log, plan, next, rendered, history, converting);
    }

    /// One more chunk that was not known before.
    SessionStory counting(long sizeBytes) {
        return with(new ChunkLog(log.chunks() + 1, log.sizeBytes() + sizeBytes));
    }

    /// Chunks that were known are not there any more.
    SessionStory without(ChunkLog forgotten) {
        return with(
                new ChunkLog(
                        log.chunks() - forgotten.chunks(),
                        log.sizeBytes() - forgotten.sizeBytes()));
    }

    private SessionStory with(ChunkLog next) {
        return new SessionStory(
                id,
                opening,
                capture,
                visibility,
                next,
                plan,
                failure,
                rendered,
                history,
                converting);
    }

    SessionStory with(Rendered next) {
        return new SessionStory(
                id, opening, capture, visibility, log, plan, failure, next, history, converting);
    }

    private SessionStory with(Visibility next) {
        return new SessionStory(
                id, opening, capture, next, log, plan, failure, rendered, history, converting);
    }

    private SessionStory with(Capture next) {
        return new SessionStory(
                id, opening, next, visibility, log, plan, failure, rendered, history, converting);
    }

    private SessionStory opened(SessionEvent.Opened event) {
        if (opening != null) {
            return this;
        }
        var next =
                new Opening(
                        event.title(),
                        event.mimeType(),
                        event.live(),
                        event.at(),
                        event.historySeconds());
        return new SessionStory(
                id, next, capture, visibility, log, plan, failure, rendered, history, converting);
    }

    private SessionStory capture(Capture.Phase phase, long sequence) {
        return sequence <= capture.sequence() ? this : with(new Capture(phase, sequence));
    }

    private SessionStory completed(SessionEvent.Completed event) {
        if (event.sequence() <= capture.sequence()) {
            return this;
        }
        long missing = event.missing().stream().mapToLong(SessionStory::length).sum();
        return with(
                new Capture(
                        Capture.Phase.COMPLETED,
                        event.sequence(),
                        event.chunkCount(),
                        missing,
                        event.files() == null ? null : event.files().name()));
    }

    private SessionStory visibility(Visibility.Level level, long sequence) {
        return sequence <= visibility.sequence() ? this : with(new Visibility(level, sequence));
    }

    private static long length(IndexRange range) {
        return range.last() - range.first() + 1;
    }
}
