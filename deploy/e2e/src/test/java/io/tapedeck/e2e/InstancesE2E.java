package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A resumable upload belongs to no process: two of ingest-service take its bytes in turn, one
/// takes it from the other, and one dies in the middle of it.
@ExtendWith(Running.class)
class InstancesE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STEP_TIME = Duration.ofMillis(200);
    private static final int STEPS = 6;

    @TempDir Path folder;

    private TapedeckClient door;
    private TapedeckClient first;
    private URI firstUrl;
    private TapedeckClient second;
    private SecondInstance added;
    private TusFile file;
    private int size;

    @BeforeEach
    void starts() {
        var ingest = Running.instance().parts("ingest-service").getFirst();
        added = SecondInstance.of(ingest, folder.resolve("second.log"));
        firstUrl = SecondInstance.origin(ingest.port());
        first = new TapedeckClient(firstUrl);
        second = new TapedeckClient(added.url());
        door = new TapedeckClient(Running.url());
        Recording recorded = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t250"));
        file = TusFile.create(door, recorded.bytes());
        size = file.bytes().length;
    }

    @AfterEach
    void stops() {
        door.close();
        first.close();
        second.close();
        added.close();
    }

    @Test
    void eachGoesOnWhereTheOtherOneStopped() {
        for (int step = 0; step < STEPS; step++) {
            int from = file.offset(step % 2 == 0 ? second : first);
            assertThat(from).isEqualTo(size * step / STEPS);
            TapedeckClient here = step % 2 == 0 ? first : second;
            assertThat(file.patch(here, from, size * (step + 1) / STEPS).status()).isEqualTo(204);
        }
        arrivedWhole();
    }

    /// Its sender has gone to another network, but the old connection is still open: whoever asks
    /// elsewhere goes on there.
    @Test
    void oneTakesOverWhatIsStillComingToTheOther() throws IOException {
        try (var slow = new SlowPatch(firstUrl, file, 0)) {
            Awaitility.await("what came is kept while its request goes on")
                    .atMost(PATIENCE)
                    .pollInterval(STEP_TIME)
                    .until(() -> {
                        slow.send(Math.min(slow.sent() + size / 100, size - 1));
                        return file.offset(second) > 0;
                    });
            int from = file.offset(second);
            assertThat(file.patch(second, from, size).status()).isEqualTo(204);
            slow.finish();
            assertThat(slow.answer())
                    .succeedsWithin(PATIENCE)
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(423));
        }
        arrivedWhole();
    }

    @Test
    void oneGoesOnWhenTheOtherDies() throws IOException {
        int third = size / 3;
        assertThat(file.patch(second, 0, third).status()).isEqualTo(204);
        try (var cut = new SlowPatch(added.url(), file, third)) {
            cut.send(size / 2);
            added.kill();
            assertThat(cut.answer()).failsWithin(PATIENCE);
        }
        int from = file.offset(first);
        assertThat(from).isBetween(third, size / 2);
        assertThat(file.patch(first, from, size).status()).isEqualTo(204);
        arrivedWhole();
    }

    private void arrivedWhole() {
        Viewer viewer = new Viewer(door, file.id());
        viewer.await("ready", PATIENCE);
        assertThat(viewer.seconds()).isBetween(9.9, 10.2);
        assertThat(door.get("/media/" + file.id() + "/source").body()).isEqualTo(file.bytes());
    }
}
