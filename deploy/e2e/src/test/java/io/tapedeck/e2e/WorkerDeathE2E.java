package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// One of two workers dies (SIGKILL) half-way through a recording: live goes on within 10 s, and
/// the result equals the undisturbed one. When the only playback-service dies, live goes on as soon
/// as it is started again.
@ExtendWith(Running.class)
class WorkerDeathE2E {

    private static final Duration LIVE_GOES_ON = Duration.ofSeconds(10);

    /// Most of it is the start of a JVM beside the workers'. Less than the 45 s after which a
    /// broker misses a consumer that does not ask for less.
    private static final Duration LIVE_IS_BACK = Duration.ofSeconds(40);

    @TempDir Path folder;

    @Test
    void aDeadWorkerChangesNothing() throws Exception {
        aDeathChangesNothing("transcode-worker", LIVE_GOES_ON);
    }

    @Test
    void aDeadPlaybackServiceChangesNothing() throws Exception {
        aDeathChangesNothing("playback-service", LIVE_IS_BACK);
    }

    private void aDeathChangesNothing(String name, Duration goesOn) throws Exception {
        try (var client = new TapedeckClient(Running.url())) {
            var recording = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t1000"));
            Shape undisturbed = shape(client, Uploads.IN_ORDER.send(client, recording), "calm");

            OpenSession session = client.open(name + " dies", recording.mimeType());
            CompletableFuture<Void> recorder =
                    CompletableFuture.runAsync(() -> record(client, session, recording));
            Viewer viewer = new Viewer(client, session.id());
            Awaitility.await("half of it is listed")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> viewer.listed() >= 4);

            var part = Running.instance().parts(name).getFirst();
            int before = viewer.listed();
            Instant killedAt = Instant.now();
            Running.instance().kill(part);
            Awaitility.await("live goes on")
                    .atMost(goesOn)
                    .until(() -> viewer.listed() > before + 1);
            System.out.printf(
                    "live went on %d ms after the kill of %s%n",
                    Duration.between(killedAt, Instant.now()).toMillis(), name);

            recorder.get(60, TimeUnit.SECONDS);
            assertThat(shape(client, session, "killed")).isEqualTo(undisturbed);
        }
    }

    /// At the pace of the recording: a chunk a second.
    private static void record(TapedeckClient client, OpenSession session, Recording recording) {
        Pace pace = Pace.every(Duration.ofSeconds(1));
        for (int i = 0; i < recording.chunks().size(); i++) {
            pace.await();
            Uploads.put(client, session, recording, i);
        }
        client.complete(session, recording.chunks().size());
    }

    private Shape shape(TapedeckClient client, OpenSession session, String name) throws Exception {
        Viewer viewer = new Viewer(client, session.id());
        viewer.await("ready", Duration.ofSeconds(60));
        return Shape.of(viewer.segments(folder.resolve(name)));
    }
}
