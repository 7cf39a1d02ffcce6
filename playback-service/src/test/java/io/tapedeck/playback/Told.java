package io.tapedeck.playback;

import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One session, told step by step through the [Stage].
public final class Told {

    public static final long WINDOW_TICKS = 180_000;

    public final String id = UUID.randomUUID().toString();

    private final Stage stage;
    private long ingestSequence;
    private long workerSequence;
    private long chunks;

    public Told(Stage stage) {
        this.stage = stage;
    }

    /// A session with some windows rendered, completed and ready.
    public static Told ready(Stage stage, int windows) {
        var told = new Told(stage).opened("A talk", "video/webm;codecs=vp8,opus").rendition();
        for (int window = 0; window < windows; window++) {
            told.chunk(0, "chunk " + window).segment(window, 0, "segment " + window);
        }
        return told.completed().planned(windows, true);
    }

    public Told opened(String title, String mimeType) {
        stage.tell(new SessionEvent.Opened(id, ++ingestSequence, now(), title, mimeType, true));
        return this;
    }

    /// As a camera, of which so much is kept.
    public Told camera(long historySeconds) {
        stage.tell(
                new SessionEvent.Opened(
                        id, ++ingestSequence, now(), "Door", "video/mp4", true, 2, historySeconds));
        return this;
    }

    /// Playlists begin with that window.
    ///
    /// @param discontinuities before it, and right before it
    public Told moved(long firstWindow, long discontinuities) {
        stage.tell(
                new TranscodeEvent.HistoryMoved(
                        id,
                        ++workerSequence,
                        now(),
                        firstWindow * WINDOW_TICKS,
                        List.of(
                                new TranscodeEvent.Start(
                                        "grid",
                                        firstWindow,
                                        discontinuities,
                                        firstWindow * WINDOW_TICKS))));
        return this;
    }

    /// What is before that window is gone.
    public Told forgotten(long belowWindow) {
        stage.tell(
                new TranscodeEvent.HistoryForgotten(
                        id, ++workerSequence, now(), "grid", belowWindow));
        return this;
    }

    public Told chunksForgotten(long belowIndex) {
        stage.tell(new SessionEvent.ChunksForgotten(id, ++ingestSequence, now(), belowIndex));
        return this;
    }

    /// As a file, which is no live session.
    public Told file(String title) {
        stage.tell(new SessionEvent.Opened(id, ++ingestSequence, now(), title, "video/mp4", false));
        return this;
    }

    /// Windows that are going to be rendered.
    public Told foreseen(String cut, long first, int count) {
        stage.tell(
                new TranscodeEvent.WindowsPlanned(
                        id,
                        ++workerSequence,
                        now(),
                        1,
                        cut,
                        first,
                        List.of(
                                new TranscodeEvent.Span(
                                        0,
                                        first * WINDOW_TICKS,
                                        recordedAt(first),
                                        Collections.nCopies(count, WINDOW_TICKS)))));
        return this;
    }

    public Told converting(double progress, @Nullable Long remainingMillis) {
        stage.tell(
                new TranscodeEvent.Converting(
                        id, ++workerSequence, now(), progress, remainingMillis));
        return this;
    }

    public Told withdrawn() {
        stage.tell(
                new TranscodeEvent.RenditionWithdrawn(
                        id, ++workerSequence, now(), "720p", 1, "Nobody wants it."));
        return this;
    }

    public Told chunk(int run, String content) {
        long index = chunks++;
        String key = ChunkKeys.attempt(id, index, "a");
        if (!content.isEmpty()) {
            stage.store(key, content);
        }
        long sizeBytes = content.getBytes(StandardCharsets.UTF_8).length;
        stage.tell(
                new SessionEvent.ChunkStored(
                        id, ++ingestSequence, now(), index, run, key, sizeBytes, "00"));
        return this;
    }

    public Told interrupted() {
        stage.tell(new SessionEvent.Interrupted(id, ++ingestSequence, now()));
        return this;
    }

    public Told completed() {
        stage.tell(new SessionEvent.Completed(id, ++ingestSequence, now(), chunks, List.of()));
        return this;
    }

    /// Completed, with files that are to be made of its log.
    public Told completedFrames(String name) {
        var files = new SessionEvent.Files(name, true, true);
        stage.tell(
                new SessionEvent.Completed(id, ++ingestSequence, now(), chunks, List.of(), files));
        return this;
    }

    public Told hidden() {
        stage.tell(new SessionEvent.Hidden(id, ++ingestSequence, now()));
        return this;
    }

    public Told restored() {
        stage.tell(new SessionEvent.Restored(id, ++ingestSequence, now()));
        return this;
    }

    public Told removed() {
        stage.tell(new SessionEvent.Removed(id, ++ingestSequence, now()));
        return this;
    }

    public Told rendition() {
        return rendition(1);
    }

    /// Later generations are ordered ones.
    public Told rendition(int generation) {
        stage.tell(
                new TranscodeEvent.RenditionPlanned(
                        id,
                        ++workerSequence,
                        now(),
                        "720p",
                        generation,
                        1280,
                        720,
                        2,
                        1,
                        generation > 1));
        return this;
    }

    public Told segment(long window, int run, String content) {
        return segment(1, window, run, content.getBytes(StandardCharsets.UTF_8));
    }

    public Told segment(int generation, long window, int run, byte[] content) {
        String digest = digest(generation, window);
        String key = SegmentKeys.segment(id, "720p", generation, window, digest);
        stage.store(key, content);
        stage.tell(
                new TranscodeEvent.SegmentReady(
                        id,
                        ++workerSequence,
                        now(),
                        "720p",
                        generation,
                        window,
                        run,
                        window * WINDOW_TICKS,
                        WINDOW_TICKS,
                        key,
                        digest,
                        content.length,
                        "avc1.64001f,mp4a.40.2",
                        60,
                        recordedAt(window)));
        return this;
    }

    private static Instant recordedAt(long window) {
        return Instant.parse("2026-03-01T10:00:00Z").plusSeconds(2 * window);
    }

    public static String digest(int generation, long window) {
        return "d%d%04x".formatted(generation, window);
    }

    public Told windowFailed(long window) {
        stage.tell(
                new TranscodeEvent.WindowFailed(
                        id,
                        ++workerSequence,
                        now(),
                        "720p",
                        1,
                        window,
                        0,
                        window * WINDOW_TICKS,
                        WINDOW_TICKS,
                        "The picture is broken.",
                        recordedAt(window)));
        return this;
    }

    public Told checked(
            boolean passed, List<TranscodeEvent.Check> checks, List<TranscodeEvent.Gap> missing) {
        stage.tell(
                new TranscodeEvent.Checked(id, ++workerSequence, now(), passed, checks, missing));
        return this;
    }

    /// With pictures that say of themselves what they are.
    public Told previewed(boolean complete) {
        TranscodeEvent.Picture sheet = picture("storyboard", 1600, 180);
        stage.tell(
                new TranscodeEvent.Previewed(
                        id,
                        ++workerSequence,
                        now(),
                        picture("poster", 1280, 720),
                        complete
                                ? new TranscodeEvent.Storyboard(
                                        List.of(sheet),
                                        160,
                                        90,
                                        2,
                                        10,
                                        List.of(0L, WINDOW_TICKS, 2 * WINDOW_TICKS),
                                        3 * WINDOW_TICKS)
                                : null));
        return this;
    }

    private TranscodeEvent.Picture picture(String name, int widthPixels, int heightPixels) {
        String content = name + workerSequence;
        String key = SegmentKeys.preview(id, name, "%04x".formatted(workerSequence));
        stage.store(key, content);
        return new TranscodeEvent.Picture(key, content.length(), widthPixels, heightPixels);
    }

    public Told planned(long windows, boolean complete) {
        stage.tell(
                new TranscodeEvent.Planned(
                        id,
                        ++workerSequence,
                        now(),
                        windows,
                        windows * WINDOW_TICKS,
                        complete,
                        List.of()));
        return complete ? ended(1, windows) : this;
    }

    public Told ended(int generation, long windows) {
        stage.tell(
                new TranscodeEvent.RenditionEnded(
                        id, ++workerSequence, now(), "720p", generation, windows));
        return this;
    }

    public Told failed(String code, String message) {
        stage.tell(new TranscodeEvent.Failed(id, ++workerSequence, now(), code, message));
        return this;
    }

    public Told task(
            String taskId,
            TaskState state,
            double progress,
            @Nullable String resultKey,
            long resultBytes,
            @Nullable String error) {
        return task(taskId, "mp4", state, progress, resultKey, resultBytes, error);
    }

    public Told task(
            String taskId,
            String format,
            TaskState state,
            double progress,
            @Nullable String resultKey,
            long resultBytes,
            @Nullable String error) {
        stage.tell(
                new TranscodeEvent.TaskChanged(
                        id,
                        ++workerSequence,
                        now(),
                        taskId,
                        "export",
                        format,
                        state,
                        progress,
                        Instant.parse("2026-03-01T10:00:00Z"),
                        null,
                        state.isFinal() ? now() : null,
                        resultKey,
                        resultBytes,
                        error));
        return this;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
