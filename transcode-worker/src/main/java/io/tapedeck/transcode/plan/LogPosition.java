package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a round stands in the chunk log, and which chunks it has passed.
final class LogPosition {

    private final List<PlanStep.ChunkOffset> passed = new ArrayList<>();
    private long nextChunk;
    private @Nullable Integer run;
    private long runOffsetBytes;
    private @Nullable IndexRange hole;
    private @Nullable Instant newestChunkAt;

    LogPosition(PlanCursor cursor) {
        nextChunk = cursor.nextChunk();
        run = cursor.run();
        runOffsetBytes = cursor.runOffsetBytes();
    }

    /// First chunk that was not passed.
    long nextChunk() {
        return nextChunk;
    }

    /// The announced run of the chunk before, null before the first one.
    @Nullable Integer run() {
        return run;
    }

    /// Bytes of that run so far. Missing ones count as empty, for how long they were nobody knows.
    long runOffsetBytes() {
        return runOffsetBytes;
    }

    /// Chunks that are missing right before the next one, null when none is.
    @Nullable IndexRange hole() {
        return hole;
    }

    boolean isOfAnotherRun(Chunk chunk) {
        return run == null || chunk.run() != run;
    }

    void startRun(int number) {
        run = number;
        runOffsetBytes = 0;
    }

    void pass(Chunk chunk) {
        passed.add(
                new PlanStep.ChunkOffset(
                        chunk.index(),
                        chunk.run(),
                        runOffsetBytes,
                        chunk.converted() && !chunk.indexed()));
        runOffsetBytes += chunk.runBytes();
        nextChunk = chunk.index() + 1;
        newestChunkAt = chunk.storedAt();
        hole = null;
    }

    /// Passes over chunks that will not come, or not soon enough.
    void skip(IndexRange missing) {
        hole = missing;
        nextChunk = missing.last() + 1;
    }

    /// Where the chunks of this round lie in their runs.
    List<PlanStep.ChunkOffset> passed() {
        return passed;
    }

    /// When the newest of them was stored, null without one.
    @Nullable Instant newestChunkAt() {
        return newestChunkAt;
    }
}
