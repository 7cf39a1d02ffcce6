package io.tapedeck.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Converting;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionEnded;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.contract.TranscodeTopics;
import io.tapedeck.transcode.story.Queue;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of runs that cannot be planned as they come.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class ConvertIT {

    private static final int SECONDS = 7;
    private static final String PICTURE = "testsrc2=size=320x240:rate=30";
    private static final String SOUND = "sine=frequency=440:sample_rate=48000";
    private static final String PLACED = "select count(*) from placed_chunk where session_id = ?";
    private static final List<byte[]> WEBM = Corpus.chunks("chr-webm-vp8-480-t1000");
    private static final int PICTURE_TRACK = 1;

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource database;
    @Inject ObjectStore objects;
    @TempDir Path work;

    private final String session = UUID.randomUUID().toString();

    @Test
    void anOggRunIsPlannedAndRenderedWhenTheSessionIsComplete() throws Exception {
        List<byte[]> chunks = split(ogg(), 5);

        ingest.say(ingest.record(session, chunks));

        List<World.Rendered> windows = world.whole(session);
        Planned planned = world.last(session, Planned.class).orElseThrow();
        assertThat(planned.gaps()).isEmpty();
        assertThat(planned.durationTicks())
                .isBetween(seconds(SECONDS), seconds(SECONDS) + seconds(1) / 10);
        assertThat(windows).hasSize(4).extracting(World.Rendered::rendition).containsOnly("audio");
        assertThat(world.jobs(Queue.CONVERT)).contains(new TranscodeJob.Convert(session, 0));
        assertThat(converted()).hasSize(1);
        assertThat(number("select sum(size_bytes) from converted_chunk where session_id = ?"))
                .isEqualTo(objects.stat(converted().getFirst()).orElseThrow().sizeBytes());
        assertThat(number("select count(*) from converted_chunk where session_id = ?"))
                .isEqualTo(chunks.size());
    }

    @Test
    void anMp4WithItsIndexBehindTheDataMayComeInAnyOrder() throws Exception {
        var facts =
                new ArrayList<>(
                        ingest.record(
                                session, split(make("it.mp4", "-c:v libx264 -bf 0 -c:a aac"), 6)));
        SessionEvent completed = facts.removeLast();
        facts.reversed().forEach(ingest::say);
        ingest.say(completed);

        List<World.Rendered> windows = world.whole(session);

        assertThat(windows).hasSize(4).extracting(World.Rendered::rendition).containsOnly("240p");
        assertThat(windows.stream().mapToInt(World.Rendered::frames).sum()).isEqualTo(30 * SECONDS);
    }

    @Test
    void theSecondGenerationHasWhatTheFirstOneHadToLeaveOut() throws Exception {
        var facts = new ArrayList<SessionEvent>(ingest.record(session, WEBM));
        facts.removeLast();
        int count = WEBM.size();
        facts.add(ingest.store(session, count, 1, make("it.mp4", "-c:v libx264 -c:a aac")));
        facts.forEach(ingest::say);
        Planned first = world.await(session, Planned.class, one -> one.windowCount() >= 10);
        assertThat(first.complete()).isFalse();

        ingest.say(ingest.completed(session, count + 1, List.of()));

        Planned whole = world.await(session, Planned.class, Planned::complete);
        assertThat(whole.gaps()).isEmpty();
        assertThat(whole.durationTicks()).isGreaterThan(first.durationTicks() + seconds(6));
        assertThat(world.events(session, Planned.class).stream().filter(Planned::complete))
                .hasSize(1);
        assertThat(world.events(session, RenditionEnded.class))
                .extracting(RenditionEnded::generation)
                .contains(1, 2);
        assertThat(segments(1)).extracting(SegmentReady::run).containsOnly(0);
        assertThat(segments(2)).extracting(SegmentReady::run).contains(0, 1);
        // What was rendered before is not made twice.
        assertThat(segments(2).getFirst().objectKey())
                .isEqualTo(segments(1).getFirst().objectKey());
    }

    /// Windows before that are there already, and are made of the file as it came.
    @Test
    void aMatroskaFileThatShowsInItsMiddleWhatItIsIsWholeInTheSecondGeneration() throws Exception {
        int pictures = 300;
        var whole = new ByteArrayOutputStream();
        WEBM.forEach(whole::writeBytes);
        byte[] file = LateLacing.of(whole.toByteArray(), PICTURE_TRACK, pictures);

        ingest.say(ingest.record(session, split(file, 5)));

        Planned planned = world.await(session, Planned.class, Planned::complete);
        assertThat(planned.gaps()).isEmpty();
        assertThat(segments(1)).isNotEmpty();
        assertThat(frames(1)).isLessThanOrEqualTo(pictures + 1);
        assertThat(segments(2)).hasSize((int) planned.windowCount());
        assertThat(frames(2)).isGreaterThan(19 * pictures / 10);
        assertThat(number(PLACED + " and plan = 1 and object_key like '%/converted/%'")).isZero();
        assertThat(number(PLACED + " and plan = 2 and object_key like '%/converted/%'"))
                .isEqualTo(5);
    }

    @Test
    void aRunThatCannotBeConvertedFailsInWords() {
        byte[] garbage = "OggS and then nothing that makes sense. ".repeat(500).getBytes(UTF_8);

        ingest.say(ingest.record(session, List.of(garbage)));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.code()).isEqualTo("unsupported-media");
        assertThat(failed.message()).contains("Ogg file").doesNotContain("/");
    }

    @Test
    void tellsHowFarItIsAndStopsWhenItIsCancelled() throws Exception {
        ingest.say(ingest.record(session, split(film(), 20)));
        Converting first = world.await(session, Converting.class, told -> told.progress() > 0.15);
        assertThat(first.progress()).isLessThan(1);

        ingest.command(new TranscodeCommand.CancelProcessing(session, Instant.now()));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.code()).isEqualTo("cancelled");
        assertThat(failed.message()).contains("cancelled");
        assertThat(world.events(session, Converting.class).stream().distinct())
                .extracting(Converting::progress)
                .isSorted()
                .doesNotContain(1.0);
        assertThat(number("select count(*) from rendition where session_id = ?")).isZero();
        assertThat(converted()).isEmpty();
        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        ProcessHandle.current()
                                .descendants()
                                .noneMatch(child ->
                                        child.info()
                                                .commandLine()
                                                .filter(line -> line.contains("/convert-"))
                                                .isPresent()));
    }

    @Test
    void tellsThatAllIsConverted() throws Exception {
        ingest.say(ingest.record(session, split(ogg(), 3)));
        world.whole(session);

        assertThat(world.last(session, Converting.class).orElseThrow().progress()).isEqualTo(1);
    }

    @Test
    void whatWasCancelledBeforeIsNotConverted() throws Exception {
        cancelled();

        ingest.say(ingest.record(session, split(ogg(), 3)));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.code()).isEqualTo("cancelled");
        assertThat(number("select sum(attempt) from conversion where session_id = ?")).isZero();
    }

    @Test
    void whatCanBeWatchedWithoutConversionIsMadeAllTheSame() throws Exception {
        cancelled();

        ingest.say(ingest.record(session, split(make("it.mp4", "-c:v libx264 -bf 0 -c:a aac"), 6)));
        world.await(session, Planned.class, Planned::complete);

        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        number(
                                                "select count(*) from rendition where session_id = ? and not withdrawn")
                                        == 1
                                && number(
                                                "select due_segments from session_plan where session_id = ?")
                                        == 0);
    }

    private void cancelled() {
        ingest.command(new TranscodeCommand.CancelProcessing(session, Instant.now()));
        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        number(
                                        """
                                        select count(*) from session_plan
                                        where session_id = ? and cancelled
                                        """)
                                == 1);
    }

    @Test
    void anMp4WithAHoleFailsInWords() throws Exception {
        var facts =
                new ArrayList<>(
                        ingest.record(
                                session,
                                split(make("it.mp4", "-c:v libx264 -movflags +faststart"), 4)));
        facts.removeLast();
        facts.remove(3);
        ingest.say(facts);
        ingest.say(ingest.completed(session, 4, List.of(new IndexRange(2, 2))));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.message()).contains("is missing");
    }

    @Test
    void aWorkerThatDiesAtItLeavesItToOthers() throws Exception {
        // A row as a worker leaves it that is killed: taken on, and never heard of again.
        execute("insert into session_plan (session_id) values (?)");
        execute(
                """
                insert into conversion (session_id, run, container, attempt, tries, lease_until,
                    next_emit_at) values (?, 0, 'ogg', 1, 1, now() + interval '3 s', now())
                """);

        ingest.say(ingest.record(session, split(ogg(), 3)));

        assertThat(world.whole(session)).hasSize(4);
        assertThat(number("select attempt from conversion where session_id = ?")).isGreaterThan(1);
    }

    @Test
    void whatKillsItsWorkersIsGivenUp() throws Exception {
        execute("insert into session_plan (session_id) values (?)");
        execute(
                """
                insert into conversion (session_id, run, container, attempt, tries, next_emit_at)
                values (?, 0, 'ogg', 9, 3, now())
                """);

        ingest.say(ingest.record(session, split(ogg(), 3)));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.message()).contains("several times over");
    }

    @Test
    void duplicatesAndLateJobsChangeNothing() throws Exception {
        ingest.say(ingest.record(session, split(ogg(), 3)));
        var job = new TranscodeJob.Convert(session, 0);
        ingest.send(TranscodeTopics.BACKLOG_JOBS, session, job);
        ingest.send(TranscodeTopics.BACKLOG_JOBS, session, job);
        world.whole(session);
        List<String> before = converted();

        ingest.send(TranscodeTopics.BACKLOG_JOBS, session, job);
        ingest.send(TranscodeTopics.BACKLOG_JOBS, session, new TranscodeJob.Convert(session, 17));
        String next = UUID.randomUUID().toString();
        ingest.say(ingest.record(next, WEBM));
        world.whole(next);

        assertThat(converted()).isEqualTo(before).hasSize(1);
        assertThat(number("select plan from session_plan where session_id = ?")).isEqualTo(1);
    }

    @Test
    void aRemovedSessionLeavesNothingOfItsConversion() throws Exception {
        ingest.say(ingest.record(session, split(ogg(), 3)));
        world.whole(session);
        world.await(session, TranscodeEvent.TaskChanged.class, task -> task.state().isFinal());

        ingest.say(new SessionEvent.Removed(session, 1000, Instant.now()));

        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        converted().isEmpty()
                                && number("select count(*) from conversion where session_id = ?")
                                        == 0);
    }

    /// Pictures that have to be encoded, which takes longer than some signs of life.
    private byte[] film() throws Exception {
        return make("it.avi", "-vf scale=1920:1080,noise=alls=20 -c:v mpeg4 -q:v 4 -t 20");
    }

    private byte[] ogg() throws Exception {
        return make("it.ogg", "-vn -c:a libopus");
    }

    private byte[] make(String name, String how) throws Exception {
        Path file = work.resolve(name);
        var command =
                new ArrayList<>(
                        List.of("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", PICTURE));
        command.addAll(List.of("-f", "lavfi", "-i", SOUND, "-t", "" + SECONDS, "-g", "60"));
        command.addAll(List.of(how.split(" ")));
        command.add(file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return Files.readAllBytes(file);
    }

    private static List<byte[]> split(byte[] whole, int parts) {
        var chunks = new ArrayList<byte[]>();
        for (int i = 0; i < parts; i++) {
            chunks.add(
                    Arrays.copyOfRange(
                            whole, whole.length * i / parts, whole.length * (i + 1) / parts));
        }
        return chunks;
    }

    /// In the order of the timeline, not in that in which they were rendered.
    private List<SegmentReady> segments(int generation) {
        return world.events(session, SegmentReady.class).stream()
                .filter(ready -> ready.generation() == generation)
                .distinct()
                .sorted(Comparator.comparingLong(SegmentReady::window))
                .toList();
    }

    private int frames(int generation) {
        return segments(generation).stream().mapToInt(SegmentReady::frames).sum();
    }

    private List<String> converted() throws IOException {
        try (Stream<ObjectInfo> found = objects.list(SegmentKeys.session(session))) {
            return found.map(ObjectInfo::key).filter(key -> key.contains("/converted/")).toList();
        }
    }

    private long number(String sql) throws SQLException {
        return new Rows(database, session).number(sql);
    }

    private void execute(String sql) throws SQLException {
        assertThat(new Rows(database, session).execute(sql)).isEqualTo(1);
    }

    private static long seconds(int count) {
        return count * Ticks.PER_SECOND;
    }
}
