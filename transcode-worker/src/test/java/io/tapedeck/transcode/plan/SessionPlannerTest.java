package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Shelf;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.ladder.Ladder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionPlannerTest {

    private static final List<byte[]> WEBM = Corpus.chunks("chr-webm-vp8-480-t1000");
    private static final int BAD = 6;

    private final Shelf shelf = new Shelf();
    private final Rows rows = new Rows();
    private final SessionPlanner planner =
            new SessionPlanner(
                    rows,
                    new ChunkObjects(shelf),
                    new RemovedSession(rows, shelf),
                    new Ladder(List.of(720)));

    @Test
    void aChunkThatTheStoreDoesNotHaveIsAGapAfterThreeMisses() throws IOException {
        record(BAD);

        planWithMisses();

        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(rows.row.cursor().plannedTicks()).isPositive();
        assertThat(rows.row.gaps()).extracting(Gap::reason).first().asString().contains("chunk 6");
    }

    @Test
    void aChunkThatIsShortInTheStoreIsAGapAfterThreeMisses() throws IOException {
        record(BAD);
        shelf.with(key(BAD), Arrays.copyOf(WEBM.get(BAD), WEBM.get(BAD).length - 1));

        planWithMisses();

        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(rows.row.gaps().getFirst().reason()).contains("chunk 6");
    }

    @Test
    void aRecordingWhoseBeginningIsLostFails() throws IOException {
        record(0);

        planWithMisses();

        assertThat(rows.row.state()).isEqualTo(PlanState.FAILED);
    }

    @Test
    void aHoleRightWhereARoundIsFullIsListed() throws IOException {
        record(BAD);
        rows.missing = List.of(new IndexRange(BAD, BAD));
        rows.chunks.remove(BAD);
        rows.chunks.replaceAll(chunk ->
                chunk.index() == BAD + 1
                        ? new Chunk(
                                BAD + 1, 0, "large", SessionPlanner.ROUND_BYTES, Instant.EPOCH, 0)
                        : chunk);
        shelf.with("large", new byte[(int) SessionPlanner.ROUND_BYTES]);

        while (planner.advance("s")) {}

        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(rows.row.gaps().getFirst().reason()).contains("chunk 6");
    }

    @Test
    void aStoreThatIsAwayIsWaitedFor() {
        record(BAD);
        shelf.goAway();

        assertThatIOException()
                .isThrownBy(() -> planner.advance("s"))
                .isNotInstanceOf(LostChunkException.class);

        assertThat(rows.chunks).allMatch(chunk -> chunk.misses() == 0);
    }

    private void planWithMisses() throws IOException {
        for (int i = 0; i < Chunk.MISSES_OF_LOST; i++) {
            assertThatThrownBy(() -> planner.advance("s")).isInstanceOf(LostChunkException.class);
        }
        planner.advance("s");
    }

    /// @param lost index of the chunk whose object is not in the store
    private void record(int lost) {
        for (int i = 0; i < WEBM.size(); i++) {
            byte[] bytes = WEBM.get(i);
            rows.chunks.add(new Chunk(i, 0, key(i), bytes.length, Instant.EPOCH, 0));
            if (i != lost) {
                shelf.with(key(i), bytes);
            }
        }
    }

    private static String key(int index) {
        return "chunk-" + index;
    }

    /// One completed session in memory.
    private static final class Rows implements Plans {

        private final List<Chunk> chunks = new ArrayList<>();
        private List<IndexRange> missing = List.of();
        private PlanRow row = row(0, PlanState.PLANNING, false, PlanCursor.START, List.of());

        @Override
        public Optional<PlanRow> load(String sessionId) {
            return Optional.of(
                    row(row.version(), row.state(), row.hasRendition(), row.cursor(), row.gaps()));
        }

        @Override
        public List<Chunk> chunks(String sessionId, long firstIndex, int limit) {
            return chunks.stream()
                    .filter(chunk -> chunk.index() >= firstIndex)
                    .limit(limit)
                    .toList();
        }

        @Override
        public void missed(String sessionId, long chunkIndex) {
            chunks.replaceAll(chunk ->
                    chunk.index() == chunkIndex
                            ? new Chunk(
                                    chunk.index(),
                                    chunk.run(),
                                    chunk.objectKey(),
                                    chunk.sizeBytes(),
                                    chunk.storedAt(),
                                    chunk.misses() + 1)
                            : chunk);
        }

        @Override
        public boolean commit(PlanStep step) {
            row =
                    row(
                            row.version() + 1,
                            step.state(),
                            row.hasRendition() || !step.renditions().isEmpty(),
                            step.cursor(),
                            step.gaps());
            return true;
        }

        @Override
        public void swept(String sessionId) {
            throw new UnsupportedOperationException();
        }

        private PlanRow row(
                long version,
                PlanState state,
                boolean hasRendition,
                PlanCursor cursor,
                List<Gap> gaps) {
            return new PlanRow(
                    "s",
                    version,
                    1,
                    state,
                    true,
                    Instant.EPOCH,
                    new Completion(WEBM.size(), missing),
                    hasRendition,
                    cursor,
                    gaps,
                    null);
        }
    }
}
