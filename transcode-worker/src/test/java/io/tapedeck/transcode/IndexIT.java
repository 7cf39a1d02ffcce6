package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Segment;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// MP4 files whose index is in one piece are planned from it, and rendered from their chunks as
/// they are.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(PlanIT.Passthrough.class)
class IndexIT {

    private static final int SECONDS = 11;
    private static final String PICTURE = "testsrc2=size=320x240:rate=30";
    private static final String SOUND =
            "aevalsrc=0.3*sin(2*PI*t*(300+40*t))+0.1*sin(2*PI*1100*t):s=48000";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource database;
    @Inject ObjectStore objects;
    @TempDir Path work;

    private final String session = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({
        "end.mp4, -c:v libx264 -bf 3 -c:a aac",
        "front.mp4, -c:v libx264 -bf 3 -c:a aac -movflags +faststart",
        "wide.mp4, -c:v libx264 -bf 2 -c:a aac",
        "plain.mov, -c:v libx264 -bf 0 -c:a aac -ar 44100",
        "late.mp4, -c:v libx264 -bf 2 -c:a aac -output_ts_offset 0.3",
        "silent.mp4, -an -c:v libx264 -bf 3",
        "opus.mp4, -c:v libx264 -bf 3 -c:a libopus",
        "open.mp4, -c:v libx264 -bf 3 -x264-params open-gop=1 -c:a aac",
        "sound.m4a, -vn -c:a aac"
    })
    void everyFrameIsWhereItBelongs(String name, String how) throws Exception {
        Path file = make(name, how);
        byte[] bytes = Files.readAllBytes(file);
        boolean sound = name.endsWith("m4a");

        ingest.say(ingest.record(session, split(widened(name, bytes), 5)));

        Planned planned = world.await(session, Planned.class, Planned::complete);
        assertThat(planned.gaps()).isEmpty();
        awaitRendered(sound ? "audio" : "240p", planned.windowCount());
        assertThat(made()).singleElement().asString().endsWith(".index");
        judge(file, sound ? "audio" : "240p");
        boolean cut = !sound && !name.startsWith("open");
        if (cut) {
            awaitRendered(
                    "source",
                    number("select next_source_window from session_plan where session_id = ?"));
            judge(file, "source");
            assertThat(pictures("source")).isEqualTo(pictures("240p"));
        }
        assertThat(number("select plan from session_plan where session_id = ?")).isEqualTo(1);
    }

    @Test
    void whatCannotBeIndexedIsConverted() throws Exception {
        byte[] mp3 = Files.readAllBytes(make("mp3.mp4", "-c:v libx264 -bf 2 -c:a libmp3lame"));

        ingest.say(ingest.record(session, split(mp3, 4)));

        Planned planned = world.await(session, Planned.class, Planned::complete);
        awaitRendered("240p", planned.windowCount());
        assertThat(made()).singleElement().asString().endsWith(".mp4");
    }

    @Test
    void chunksThatComeInAnyOrderAndTwiceChangeNothing() throws Exception {
        Path file = make("end.mp4", "-c:v libx264 -bf 3 -c:a aac");
        var facts = new ArrayList<>(ingest.record(session, split(Files.readAllBytes(file), 7)));
        SessionEvent completed = facts.removeLast();
        facts.reversed().forEach(ingest::say);
        ingest.say(facts);
        ingest.say(completed);
        ingest.say(completed);

        Planned planned = world.await(session, Planned.class, Planned::complete);
        awaitRendered(
                "source",
                number("select next_source_window from session_plan where session_id = ?"));
        awaitRendered("240p", planned.windowCount());
        judge(file, "source");
    }

    @Test
    void aRunBehindItGoesOn() throws Exception {
        Path file = make("end.mp4", "-c:v libx264 -bf 3 -c:a aac");
        var facts = new ArrayList<>(ingest.record(session, split(Files.readAllBytes(file), 5)));
        facts.removeLast();
        byte[] webm = Corpus.chunks("chr-webm-vp8-480-t1000").getFirst();
        facts.add(ingest.store(session, 5, 1, webm));
        facts.add(ingest.completed(session, 6, List.of()));
        ingest.say(facts);

        // The second run was planned before, so all of it is another plan's.
        Planned planned = world.await(session, Planned.class, Planned::complete);
        assertThat(planned.windowCount()).isGreaterThan(6);
        assertThat(ready("480p").stream().filter(ready -> ready.generation() == 2))
                .hasSize((int) planned.windowCount())
                .extracting(SegmentReady::run)
                .contains(0, 1);
    }

    @Test
    void aRemovedSessionLeavesNothing() throws Exception {
        Path file = make("end.mp4", "-c:v libx264 -bf 3 -c:a aac");
        ingest.say(ingest.record(session, split(Files.readAllBytes(file), 3)));
        Planned planned = world.await(session, Planned.class, Planned::complete);
        awaitRendered("240p", planned.windowCount());
        world.await(session, TaskChanged.class, task -> task.state().isFinal());

        ingest.say(new SessionEvent.Removed(session, 1000, Instant.now()));

        Awaitility.await().atMost(World.PATIENCE).until(() -> made().isEmpty());
    }

    private void awaitRendered(String rendition, long windows) {
        Awaitility.await("%d windows of %s".formatted(windows, rendition))
                .atMost(Duration.ofMinutes(2))
                .until(() -> ready(rendition).size() >= windows);
    }

    private List<SegmentReady> ready(String rendition) {
        return world.events(session, SegmentReady.class).stream()
                .filter(ready -> ready.rendition().equals(rendition))
                .distinct()
                .sorted(Comparator.comparingLong(SegmentReady::window))
                .toList();
    }

    private int pictures(String rendition) {
        return ready(rendition).stream().mapToInt(SegmentReady::frames).sum();
    }

    private void judge(Path source, String rendition) throws Exception {
        var segments = new ArrayList<Segment>();
        for (SegmentReady ready : ready(rendition)) {
            Path file = work.resolve("%s-%d.ts".formatted(rendition, ready.window()));
            try (var in = objects.open(ready.objectKey(), 0, ready.sizeBytes())) {
                Files.write(file, in.readAllBytes());
            }
            segments.add(new Segment(file, Ticks.toSeconds(ready.durationTicks()), false));
        }
        var findings = new Checker(work).check(List.of(source), segments, Optional.empty());
        System.out.println(source.getFileName() + " " + rendition + " " + findings.measures());
        assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
    }

    /// With 64 bits for the size of its data, if it is to have that: ffmpeg leaves room for them.
    private static byte[] widened(String name, byte[] bytes) {
        if (!name.startsWith("wide")) {
            return bytes;
        }
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int free = file.getInt(0);
        assertThat(file.getInt(free)).isEqualTo(8);
        int size = file.getInt(free + 8);
        file.putInt(free, 1).putInt(free + 4, file.getInt(free + 12));
        file.putLong(free + 8, size + 8L);
        return bytes;
    }

    private Path make(String name, String how) throws Exception {
        Path file = work.resolve(name);
        var command =
                new ArrayList<>(
                        List.of("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", PICTURE));
        command.addAll(List.of("-f", "lavfi", "-i", SOUND, "-t", "" + SECONDS, "-g", "60"));
        command.addAll(List.of("-ac", "2"));
        command.addAll(List.of(how.split(" ")));
        command.add(file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
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

    private List<String> made() throws IOException {
        try (Stream<ObjectInfo> found = objects.list(SegmentKeys.session(session))) {
            return found.map(ObjectInfo::key).filter(key -> key.contains("/converted/")).toList();
        }
    }

    private long number(String sql) throws SQLException {
        return new Rows(database, session).number(sql);
    }
}
