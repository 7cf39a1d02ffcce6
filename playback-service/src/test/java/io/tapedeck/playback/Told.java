package io.tapedeck.playback;

import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        stage.tell(
                new TranscodeEvent.TaskChanged(
                        id,
                        ++workerSequence,
                        now(),
                        taskId,
                        "export",
                        "mp4",
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
