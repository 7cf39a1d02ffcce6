package io.tapedeck.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.contract.SessionEvent.ChunkStored;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Checked;
import io.tapedeck.transcode.contract.TranscodeEvent.Failed;
import io.tapedeck.transcode.contract.TranscodeEvent.Place;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionEnded;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionPlanned;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionWithdrawn;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of holes, of late chunks, of the source's own pictures, and of what another version
/// left behind.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(PlanIT.Passthrough.class)
class PlanIT {

    /// Other tests count windows, and one cut is enough for them.
    public static final class Passthrough implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tapedeck.worker.passthrough", "true");
        }
    }

    private static final String VP8 = "chr-webm-vp8-480-t1000";
    private static final String SOUND = "chr-audio-webm-opus-t1000";
    private static final String AVC = "chr-webm-h264-480-t1000-kc60";
    private static final int LATE = 7;

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource database;

    private final String session = UUID.randomUUID().toString();

    @Test
    void aLateChunkIsPassedOverWhileLiveAndRepairedAfterwards() {
        var facts = new ArrayList<>(ingest.record(session, Corpus.chunks(VP8)));
        SessionEvent completed = facts.removeLast();
        SessionEvent late = facts.remove(LATE + 1);
        assertThat(late).isInstanceOf(ChunkStored.class);

        ingest.say(facts);
        Planned live =
                world.await(
                        session, Planned.class, planned -> planned.durationTicks() > seconds(15));
        assertThat(live.complete()).isFalse();
        assertThat(live.gaps().getFirst().reason()).contains("chunk 7");
        assertThat(live.gaps().getFirst().durationTicks()).isBetween(seconds(1) / 2, seconds(2));

        ingest.say(late);
        ingest.say(completed);
        Planned repaired =
                world.await(
                        session,
                        Planned.class,
                        planned -> planned.complete() && planned.gaps().isEmpty());

        assertThat(repaired.durationTicks()).isGreaterThan(live.durationTicks());
        List<SegmentReady> first = segments("480p", 1);
        List<SegmentReady> second = segments("480p", 2);
        assertThat(second).hasSize((int) repaired.windowCount());
        assertThat(second).extracting(SegmentReady::run).containsOnly(0);
        assertThat(first).extracting(SegmentReady::run).contains(0, 1);
        // What is before the hole is not made twice.
        assertThat(second.subList(0, 2))
                .extracting(SegmentReady::objectKey)
                .isEqualTo(first.subList(0, 2).stream().map(SegmentReady::objectKey).toList());
        assertThat(second.getLast().objectKey()).contains("/2/");
        assertThat(second).allSatisfy(this::isRecordedAsTheFirst);
        assertThat(first.subList(0, 2)).allSatisfy(this::isRecordedAsTheFirst);
        assertThat(frames(second)).isGreaterThan(frames(first));
        assertThat(world.events(session, RenditionEnded.class))
                .filteredOn(ended -> ended.rendition().equals("480p"))
                .extracting(RenditionEnded::generation)
                .containsExactly(1, 2);
    }

    @Test
    void h264IsOfferedAsItCame() {
        ingest.say(ingest.record(session, Corpus.chunks(AVC)));

        awaitWhole("source");

        List<SegmentReady> source = segments("source", 1);
        assertThat(world.events(session, RenditionPlanned.class))
                .filteredOn(planned -> planned.rendition().equals("source"))
                .singleElement()
                .satisfies(planned -> {
                    assertThat(planned.targetDurationSeconds()).isEqualTo(10);
                    assertThat(planned.widthPixels()).isEqualTo(640);
                });
        long at = 0;
        for (SegmentReady segment : source) {
            assertThat(segment.startTicks()).isEqualTo(at);
            at += segment.durationTicks();
        }
        awaitWhole("480p");
        assertThat(at).isEqualTo(end(segments("480p", 1)));
        assertThat(frames(source)).isEqualTo(frames(segments("480p", 1)));
        assertThat(whatIsSaidOfPictures())
                .startsWith(
                        "All 600 pictures of the recording are in each of the 2 playlists, once"
                                + " each.");
    }

    @Test
    void theSourceIsWithdrawnWhenItGoesOnInAnotherWay() {
        ingest.say(twoRuns(AVC, VP8));

        world.await(session, RenditionWithdrawn.class, one -> one.rendition().equals("source"));
        awaitWhole("480p");
        assertThat(world.events(session, RenditionEnded.class))
                .extracting(RenditionEnded::rendition)
                .doesNotContain("source");
    }

    /// Its picture changes its size, and only the header of the MP4 says how large it was.
    @Test
    void theSourceIsWithdrawnWhenItsPicturesCannotBeDecoded() {
        ingest.say(ingest.record(session, Corpus.chunks("chr-mp4-avc1-resize-t1000")));

        RenditionWithdrawn withdrawn = world.await(session, RenditionWithdrawn.class, one -> true);
        assertThat(withdrawn.rendition()).isEqualTo("source");
        assertThat(withdrawn.reason()).contains("cannot be decoded");
        // The window in which it changes shows what can be decoded of it, and that is said.
        Checked checked = world.await(session, Checked.class, one -> true);
        assertThat(checked.missing()).hasSizeGreaterThan(1);
        assertThat(checked.checks())
                .flatExtracting(Check::places)
                .extracting(Place::rendition)
                .isNotEmpty()
                .doesNotContain("source");
    }

    @Test
    void whatTheSecondPlanLacksIsWithdrawnWhenItTakesOver(@TempDir Path work) throws Exception {
        var facts = new ArrayList<>(ingest.record(session, List.of(mp4(work))));
        facts.removeLast();
        int chunks = 1;
        for (byte[] bytes : Corpus.chunks(AVC)) {
            facts.add(ingest.store(session, chunks++, 1, bytes));
        }
        ingest.say(facts);
        world.await(session, SegmentReady.class, ready -> ready.rendition().equals("source"));

        ingest.say(ingest.completed(session, chunks, List.of()));

        RenditionWithdrawn withdrawn =
                world.await(
                        session,
                        RenditionWithdrawn.class,
                        one -> one.rendition().equals("source") && one.generation() == 1);
        assertThat(withdrawn.reason()).contains("planned again");
        awaitWhole("480p");
        assertThat(segments("480p", 2)).extracting(SegmentReady::run).contains(0, 1);
    }

    /// With its index in one piece, so that it is converted when the session is complete, and with
    /// pictures that are offered only encoded.
    private static byte[] mp4(Path work) throws IOException, InterruptedException {
        Path file = work.resolve("it.mp4");
        var make =
                new ProcessBuilder(
                        "ffmpeg",
                        "-y",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=640x480:rate=30",
                        "-t",
                        "3",
                        "-c:v",
                        "libvpx-vp9",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        "8",
                        file.toString());
        assertThat(make.inheritIO().start().waitFor()).isZero();
        return Files.readAllBytes(file);
    }

    @Test
    void whatAnotherVersionSavedDoesNotStopARecording() throws SQLException {
        List<SessionEvent> facts = ingest.record(session, Corpus.chunks(VP8));
        ingest.say(facts.subList(0, 10));
        world.await(session, Planned.class, planned -> planned.durationTicks() >= seconds(6));
        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        update(
                                        "update session_plan set planner_state = '\\x02', version ="
                                                + " version + 1 where session_id = ? and next_chunk = 9")
                                == 1);

        ingest.say(facts.subList(10, facts.size()));

        assertThat(world.whole(session)).extracting(World.Rendered::run).containsOnly(0);
        assertThat(world.last(session, Planned.class).orElseThrow().gaps()).isEmpty();
        assertThat(whatIsSaidOfPictures())
                .startsWith("All 600 pictures of the recording are in the playlist, once each.");
    }

    @Test
    void aRunThatCannotBeReadIsToldAndTakenBackByABetterOne() {
        List<byte[]> good = Corpus.chunks(VP8);
        ingest.say(ingest.record(session, List.of()).getFirst());
        ingest.say(ingest.store(session, 0, 0, "no recording, sorry".getBytes(UTF_8)));
        Failed failed = world.await(session, Failed.class, one -> true);
        assertThat(failed.code()).isEqualTo("not-a-recording");

        for (int i = 0; i < good.size(); i++) {
            ingest.say(ingest.store(session, i + 1, 1, good.get(i)));
        }
        ingest.say(ingest.completed(session, good.size() + 1, List.of()));

        assertThat(world.whole(session)).hasSizeBetween(10, 11);
        Planned planned = world.last(session, Planned.class).orElseThrow();
        assertThat(planned.sequence()).isGreaterThan(failed.sequence());
        assertThat(planned.gaps()).hasSize(1);
        assertThat(world.events(session, Failed.class)).hasSize(1);
    }

    @Test
    void picturesOfALaterRunAreShownWhenTheFirstOneHadNone() {
        ingest.say(twoRuns(SOUND, VP8));

        awaitWhole("480p");
        // Of the plan before, which is rendered to its end beside it.
        awaitWhole("audio");
        List<SegmentReady> heard = segments("audio", 1);
        List<SegmentReady> seen = segments("480p", 1);
        assertThat(seen)
                .extracting(SegmentReady::startTicks)
                .isEqualTo(heard.stream().map(SegmentReady::startTicks).toList());
        assertThat(end(seen)).isEqualTo(end(heard));
        assertThat(seen.getLast().frames()).isPositive();
        world.await(session, Checked.class, Checked::passed);
    }

    private String whatIsSaidOfPictures() {
        Checked checked = world.await(session, Checked.class, Checked::passed);
        return checked.checks().stream()
                .filter(check -> check.code().equals("pictures"))
                .map(Check::words)
                .findFirst()
                .orElseThrow();
    }

    private int update(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, session);
            return statement.executeUpdate();
        }
    }

    /// All in one stretch, wherever their segments were made.
    private void isRecordedAsTheFirst(SegmentReady segment) {
        SegmentReady first = segments("480p", segment.generation()).getFirst();
        assertThat(segment.recordedAt())
                .isCloseTo(
                        Objects.requireNonNull(first.recordedAt())
                                .plus(Ticks.toDuration(segment.startTicks())),
                        within(1, ChronoUnit.MILLIS));
    }

    private List<SessionEvent> twoRuns(String first, String second) {
        var facts = new ArrayList<>(ingest.record(session, Corpus.chunks(first)));
        facts.removeLast();
        int chunks = facts.size() - 1;
        for (byte[] bytes : Corpus.chunks(second)) {
            facts.add(ingest.store(session, chunks++, 1, bytes));
        }
        facts.add(ingest.completed(session, chunks, List.of()));
        return facts;
    }

    private void awaitWhole(String rendition) {
        Awaitility.await(rendition + " of " + session)
                .atMost(World.PATIENCE)
                .until(() ->
                        world.events(session, RenditionEnded.class).stream()
                                .filter(ended -> ended.rendition().equals(rendition))
                                .anyMatch(ended ->
                                        segments(rendition, ended.generation()).size()
                                                == ended.windowCount()));
    }

    private List<SegmentReady> segments(String rendition, int generation) {
        return world.events(session, SegmentReady.class).stream()
                .filter(ready ->
                        ready.rendition().equals(rendition) && ready.generation() == generation)
                .sorted(Comparator.comparing(SegmentReady::window))
                .distinct()
                .toList();
    }

    private static long end(List<SegmentReady> segments) {
        SegmentReady last = segments.getLast();
        return last.startTicks() + last.durationTicks();
    }

    private static int frames(List<SegmentReady> segments) {
        return segments.stream().mapToInt(SegmentReady::frames).sum();
    }

    private static long seconds(int count) {
        return count * Ticks.PER_SECOND;
    }
}
