package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.Grid;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Shelf;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.ladder.Ladder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionPlannerTest {

    private static final List<byte[]> WEBM = Corpus.chunks("chr-webm-vp8-480-t1000");
    private static final int BAD = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Shelf shelf = new Shelf();
    private final Rows rows = new Rows();
    private Instant now = Instant.EPOCH;
    private final SessionPlanner planner =
            new SessionPlanner(
                    rows,
                    new ChunkObjects(shelf),
                    new RemovedSession(rows, shelf),
                    new PlanRules(new Ladder(List.of(720)), true, PATIENCE),
                    () -> now);

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
                                BAD + 1,
                                0,
                                "large",
                                0,
                                SessionPlanner.ROUND_BYTES,
                                false,
                                Instant.EPOCH,
                                Instant.EPOCH,
                                0)
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
            rows.chunks.add(chunk(i, bytes.length));
            if (i != lost) {
                shelf.with(key(i), bytes);
            }
        }
    }

    private static String key(int index) {
        return "chunk-" + index;
    }

    @Test
    void aLiveSessionGoesOnPastAHoleAfterAWhileAndIsPlannedAgainWhenTheChunkCame()
            throws IOException {
        List<String> undisturbed = undisturbed();
        record(-1);
        rows.completion = null;
        Chunk late = rows.chunks.remove(BAD);

        plan();
        assertThat(rows.row.cursor().nextChunk()).isEqualTo(BAD);
        now = now.plus(PATIENCE).minusMillis(1);
        plan();
        assertThat(rows.row.cursor().nextChunk()).isEqualTo(BAD);
        now = now.plusMillis(1);
        plan();
        assertThat(rows.row.cursor().nextChunk()).isEqualTo(WEBM.size());
        assertThat(rows.row.gaps().getFirst().reason()).contains("chunk 6");

        rows.chunks.add(BAD, late);
        plan();
        assertThat(rows.row.plan()).isEqualTo(1);
        rows.completion = new Completion(WEBM.size(), List.of());
        plan();

        assertThat(rows.row.plan()).isEqualTo(2);
        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(rows.row.gaps()).isEmpty();
        assertThat(windows(2)).isEqualTo(undisturbed);
        assertThat(windows(1)).isNotEqualTo(undisturbed).startsWith(undisturbed.get(0));
        List<TranscodeEvent> told = told();
        assertThat(told).hasOnlyElementsOfType(TranscodeEvent.Planned.class);
        assertThat(told)
                .last()
                .extracting(event -> ((TranscodeEvent.Planned) event).complete())
                .isEqualTo(true);
        assertThat(told.stream().filter(event -> ((TranscodeEvent.Planned) event).complete()))
                .hasSize(1);
    }

    @Test
    void nobodyWaitsLessForTheBeginningOrForAFile() throws IOException {
        record(-1);
        rows.completion = null;
        rows.chunks.removeFirst();
        now = now.plus(PATIENCE).plus(PATIENCE);

        plan();
        assertThat(rows.steps).isEmpty();

        rows.chunks.addFirst(chunk(0, WEBM.getFirst().length));
        rows.chunks.remove(BAD);
        rows.live = false;
        plan();
        assertThat(rows.row.cursor().nextChunk()).isEqualTo(BAD);
    }

    @Test
    void stateThatAnotherVersionSavedIsMadeAnew() throws IOException {
        List<String> undisturbed = undisturbed();
        for (int lost : new int[] {-1, 4}) {
            rows.reset();
            record(-1);
            if (lost >= 0) {
                rows.chunks.removeIf(chunk -> chunk.index() == lost);
                rows.completion = new Completion(WEBM.size(), List.of(new IndexRange(lost, lost)));
                plan();
                undisturbed = windows(1);
                rows.reset();
                record(-1);
                rows.chunks.removeIf(chunk -> chunk.index() == lost);
            }
            List<Chunk> all = List.copyOf(rows.chunks);
            rows.chunks.removeIf(chunk -> chunk.index() > 9);
            now = now.plus(PATIENCE);
            Completion completion = rows.completion;
            rows.completion = null;
            plan();
            rows.forgetVersion();
            rows.chunks.clear();
            rows.chunks.addAll(all);
            rows.completion = completion;
            plan();

            assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
            assertThat(rows.row.plan()).isEqualTo(1);
            assertThat(windows(1)).isEqualTo(undisturbed);
        }
    }

    @Test
    void stateThatCannotBeMadeAnewEndsItsRun() throws IOException {
        record(-1);
        List<Chunk> all = List.copyOf(rows.chunks);
        rows.chunks.removeIf(chunk -> chunk.index() > 9);
        rows.completion = null;
        plan();
        int before = windows(1).size();
        rows.forgetVersion();
        rows.placed.remove(4L);
        rows.chunks.clear();
        rows.chunks.addAll(all);
        rows.chunks.removeIf(chunk -> chunk.index() == 4);
        rows.completion = new Completion(WEBM.size(), List.of());
        plan();

        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(windows(1)).hasSize(before);
        assertThat(rows.row.gaps()).hasSize(1);
    }

    @Test
    void aSessionThatWaitsForAConversionIsPlannedAgainBehindIt() throws IOException {
        byte[] ogg = "OggS and what else is in a page".getBytes(StandardCharsets.US_ASCII);
        rows.chunks.add(chunk(0, ogg.length));
        shelf.with(key(0), ogg);
        rows.completion = new Completion(1, List.of());

        plan();
        assertThat(rows.row.state()).isEqualTo(PlanState.CONVERTING);
        plan();
        assertThat(rows.steps).hasSize(1);

        rows.chunks.clear();
        for (int i = 0; i < WEBM.size(); i++) {
            rows.chunks.add(chunk(i, WEBM.get(i).length));
            shelf.with(key(i), WEBM.get(i));
        }
        rows.completion = new Completion(WEBM.size(), List.of());
        rows.settle(new Conversion(0, Conversion.State.MADE, null));
        plan();

        assertThat(rows.row.plan()).isEqualTo(1);
        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(rows.row.gaps()).isEmpty();
        assertThat(told())
                .filteredOn(event -> ((TranscodeEvent.Planned) event).complete())
                .hasSize(1);
    }

    /// A header, a sound, and another one almost twelve hours later, in each of 64 runs.
    @Test
    void aFewBytesCannotAskForDaysOfWindows() throws IOException {
        byte[] leap = HexFormat.of().parseHex(LEAP);
        assertThat(leap).hasSizeLessThan(144);
        for (int i = 0; i < SessionPlanner.ROUND_CHUNKS; i++) {
            rows.chunks.add(
                    new Chunk(
                            i, i, key(i), 0, leap.length, false, Instant.EPOCH, Instant.EPOCH, 0));
            shelf.with(key(i), leap);
        }
        rows.completion = new Completion(SessionPlanner.ROUND_CHUNKS, List.of());

        plan();

        assertThat(windows(1)).hasSize(2 * SessionPlanner.ROUND_CHUNKS);
        assertThat(rows.row.state()).isEqualTo(PlanState.PLANNED);
        assertThat(rows.row.gaps())
                .hasSize(SessionPlanner.ROUND_CHUNKS)
                .extracting(Gap::durationTicks)
                .allMatch(ticks -> ticks > 11 * 3600 * 90_000L);
    }

    @Test
    void hoursOfWindowsArePlannedInRounds() throws IOException {
        byte[] leap = HexFormat.of().parseHex(LEAP.replace(NIGHT, HOUR));
        for (int i = 0; i < SessionPlanner.ROUND_CHUNKS; i++) {
            rows.chunks.add(
                    new Chunk(
                            i, i, key(i), 0, leap.length, false, Instant.EPOCH, Instant.EPOCH, 0));
            shelf.with(key(i), leap);
        }
        rows.completion = new Completion(SessionPlanner.ROUND_CHUNKS, List.of());

        plan();

        assertThat(rows.steps)
                .hasSizeGreaterThan(1)
                .allMatch(step -> step.windows().size() <= 2 * SessionPlanner.ROUND_WINDOWS);
        assertThat(windows(1)).hasSizeBetween(4 * 1800, 4 * 1800 + 200);
        assertThat(rows.row.gaps()).hasSize(SessionPlanner.ROUND_CHUNKS - 4);
    }

    private static final String NIGHT = "0288cc40";
    private static final String HOUR = "0036ee80";

    /// WebM: a header, mono Opus as the only track, and two clusters with a packet each.
    private static final String LEAP =
            "1a45dfa387428284"
                    + "7765626d"
                    + "1853806701ffffffffffffff"
                    + "1549a966872ad7b1830f4240"
                    + "1654ae6ba6aea4d781018381028686415f4f505553"
                    + "63a2934f707573486561640101000080bb0000000000"
                    + "1f43b67501ffffffffffffffe78400000000a386810000"
                    + "80f801"
                    + "1f43b67501ffffffffffffffe784"
                    + NIGHT
                    + "a386810000"
                    + "80f801";

    private void plan() throws IOException {
        while (planner.advance("s")) {}
    }

    private List<String> undisturbed() throws IOException {
        record(-1);
        plan();
        List<String> windows = windows(1);
        rows.reset();
        return windows;
    }

    /// All that counts of the windows of a plan.
    private List<String> windows(int plan) {
        return rows.steps.stream()
                .filter(step -> step.before().plan() == plan)
                .flatMap(step -> step.windows().stream())
                .map(planned -> {
                    Window window = planned.window();
                    return "%d %s %d %d [%d, %d) %s %s"
                            .formatted(
                                    planned.stretch(),
                                    window.cut(),
                                    window.index(),
                                    window.originTicks(),
                                    window.startTicks(),
                                    window.endTicks(),
                                    window.last(),
                                    HexFormat.of().formatHex(window.source().checkpoint()));
                })
                .toList();
    }

    private List<TranscodeEvent> told() {
        return rows.steps.stream()
                .flatMap(step -> step.events().stream())
                .map(draft -> draft.told(1, now))
                .toList();
    }

    private static Chunk chunk(int index, long sizeBytes) {
        return new Chunk(
                index, 0, key(index), 0, sizeBytes, false, Instant.EPOCH, Instant.EPOCH, 0);
    }

    /// One session in memory, completed unless said otherwise.
    private static final class Rows implements Plans {

        private final List<Chunk> chunks = new ArrayList<>();
        private final List<PlanStep> steps = new ArrayList<>();
        private final Set<Long> placed = new HashSet<>();
        private List<IndexRange> missing = List.of();
        private @Nullable Completion completion;
        private boolean live = true;
        private PlanRow row;

        private Rows() {
            reset();
        }

        private void reset() {
            chunks.clear();
            steps.clear();
            placed.clear();
            completion = new Completion(WEBM.size(), List.of());
            row =
                    new PlanRow(
                            "s",
                            0,
                            1,
                            PlanState.PLANNING,
                            true,
                            Instant.EPOCH,
                            Grid.USUAL,
                            History.NONE,
                            null,
                            LadderChoice.NONE,
                            PlanCursor.START,
                            List.of(),
                            null,
                            List.of(),
                            null);
        }

        private void settle(Conversion conversion) {
            row =
                    new PlanRow(
                            "s",
                            row.version(),
                            row.plan(),
                            row.state(),
                            live,
                            Instant.EPOCH,
                            Grid.USUAL,
                            History.NONE,
                            completion,
                            row.ladder(),
                            row.cursor(),
                            row.gaps(),
                            row.failure(),
                            List.of(conversion),
                            null);
        }

        private void forgetVersion() {
            byte[] saved = Objects.requireNonNull(row.cursor().plannerState());
            saved[0] ^= 2;
        }

        @Override
        public Optional<PlanRow> load(String sessionId) {
            Completion known =
                    completion == null || missing.isEmpty()
                            ? completion
                            : new Completion(completion.chunkCount(), missing);
            return Optional.of(
                    new PlanRow(
                            "s",
                            row.version(),
                            row.plan(),
                            row.state(),
                            live,
                            Instant.EPOCH,
                            Grid.USUAL,
                            History.NONE,
                            known,
                            row.ladder(),
                            row.cursor(),
                            row.gaps(),
                            row.failure(),
                            row.conversions(),
                            null));
        }

        @Override
        public List<Chunk> chunks(String sessionId, long firstIndex, int limit) {
            return chunks.stream()
                    .filter(chunk -> chunk.index() >= firstIndex)
                    .limit(limit)
                    .toList();
        }

        @Override
        public boolean isIncomplete(PlanRow plan) {
            return chunks.stream()
                    .anyMatch(chunk ->
                            chunk.index() < plan.cursor().nextChunk()
                                    && !placed.contains(chunk.index()));
        }

        @Override
        public List<Chunk> taken(PlanRow plan, long firstIndex, int limit) {
            return chunks(plan.sessionId(), firstIndex, Integer.MAX_VALUE).stream()
                    .filter(chunk -> placed.contains(chunk.index()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public SessionPlan behind(PlanRow plan) {
            long windows =
                    steps.stream()
                            .flatMap(step -> step.windows().stream())
                            .filter(planned -> planned.window().cut() == Cut.GRID)
                            .count();
            long end = SessionPlan.originAfter(plan.cursor().plannedTicks());
            return new SessionPlan(windows, end, 0, false, 0);
        }

        @Override
        public void missed(String sessionId, long chunkIndex) {
            chunks.replaceAll(chunk ->
                    chunk.index() == chunkIndex
                            ? new Chunk(
                                    chunk.index(),
                                    chunk.run(),
                                    chunk.objectKey(),
                                    chunk.offsetBytes(),
                                    chunk.sizeBytes(),
                                    chunk.converted(),
                                    chunk.storedAt(),
                                    chunk.toldAt(),
                                    chunk.misses() + 1)
                            : chunk);
        }

        @Override
        public boolean commit(PlanStep step) {
            steps.add(step);
            step.offsets().forEach(offset -> placed.add(offset.index()));
            if (step.again()) {
                placed.clear();
            }
            row = step.after();
            return true;
        }

        @Override
        public void swept(String sessionId) {
            throw new UnsupportedOperationException();
        }
    }
}
