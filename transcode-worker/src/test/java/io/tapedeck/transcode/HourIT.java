package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// How long it takes from the last byte of a long file until there is something to play. Times are
/// said, and bounded generously.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(PlanIT.Passthrough.class)
@EnabledIfSystemProperty(named = "tapedeck.long", matches = "true")
class HourIT {

    private static final int CHUNK_BYTES = 4 << 20;

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource database;
    @TempDir Path work;

    @Test
    void anHourIsPlayableAtOnce() throws Exception {
        byte[] file = hour();
        // The first one finds the worker cold.
        for (int round = 0; round < 3; round++) {
            long millis = millisToFirstSegment(file);
            assertThat(millis).isLessThan(round == 0 ? 10_000 : 2_000);
        }
    }

    private long millisToFirstSegment(byte[] file) throws Exception {
        String session = UUID.randomUUID().toString();
        var facts = new ArrayList<>(ingest.record(session, split(file)));
        SessionEvent completed = facts.removeLast();
        ingest.say(facts);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> planned(session) == facts.size() - 1);
        long start = System.nanoTime();
        ingest.say(completed);
        long planned = await(session, start, Planned.class::isInstance);
        long first =
                await(
                        session,
                        start,
                        event ->
                                event instanceof SegmentReady ready
                                        && ready.rendition().equals("source")
                                        && ready.window() == 0);
        long whole = await(session, start, event -> event instanceof Planned p && p.complete());
        System.out.printf(
                "hour bytes=%d plannedMillis=%d firstSegmentMillis=%d wholeMillis=%d%n",
                file.length, planned, first, whole);
        ingest.say(new SessionEvent.Removed(session, 100_000, Instant.now()));
        return first;
    }

    /// Chunks that planning has passed.
    private long planned(String session) throws SQLException {
        String sql = "select coalesce(max(next_chunk), 0) from session_plan where session_id = ?";
        return new Rows(database, session).number(sql);
    }

    private long await(String session, long startNanos, Predicate<TranscodeEvent> wanted) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> world.events(session).stream().anyMatch(wanted));
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /// A minute, sixty times.
    private byte[] hour() throws Exception {
        Path minute = work.resolve("minute.mp4");
        Path hour = work.resolve("hour.mp4");
        run(
                "-f lavfi -i testsrc2=size=640x360:rate=30 -f lavfi -i sine=frequency=440:r=48000"
                        + " -t 60 -c:v libx264 -preset veryfast -crf 30 -bf 2 -g 60 -c:a aac -ac 2 "
                        + minute);
        run("-stream_loop 59 -i " + minute + " -c copy " + hour);
        return Files.readAllBytes(hour);
    }

    private static void run(String arguments) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-y", "-v", "error"));
        command.addAll(List.of(arguments.split(" ")));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static List<byte[]> split(byte[] whole) {
        var chunks = new ArrayList<byte[]>();
        for (int at = 0; at < whole.length; at += CHUNK_BYTES) {
            chunks.add(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + CHUNK_BYTES)));
        }
        return chunks;
    }
}
