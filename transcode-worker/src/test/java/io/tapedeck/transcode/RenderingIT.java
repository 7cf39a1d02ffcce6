package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionEnded;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionPlanned;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Renditions that somebody wants of a finished session.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class RenderingIT {

    private static final String RECORDING = "chr-webm-vp8-480-t250";

    @Inject Ingest ingest;
    @Inject World world;

    private final String session = UUID.randomUUID().toString();

    @Test
    void newRenditionsAreMadeOfTheSameWindows() {
        int windows = record();

        TaskChanged done = order("360p", "240p");

        assertThat(done.state()).as(String.valueOf(done.error())).isEqualTo(TaskState.SUCCEEDED);
        RenditionPlanned planned = world.last(session, RenditionPlanned.class).orElseThrow();
        assertThat(planned.rendition()).isEqualTo("240p");
        assertThat(planned.generation()).isEqualTo(1);
        assertThat(planned.widthPixels()).isEqualTo(320);
        assertThat(world.last(session, RenditionEnded.class).orElseThrow().windowCount())
                .isEqualTo(windows);
        assertThat(ready("240p", 1)).isEqualTo(windows);
        assertThat(ready("360p", 1)).isEqualTo(windows);
    }

    @Test
    void whatThereIsIsMadeAgainAsAnotherGeneration() {
        int windows = record();

        TaskChanged done = order();

        assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(done.format()).isEqualTo("480p");
        assertThat(ready("480p", 2)).isEqualTo(windows);
        assertThat(ready("480p", 1)).isEqualTo(windows);
    }

    @Test
    void whatCannotBeMadeIsRefusedWithWords() {
        record();

        TaskChanged refused = order("1080p");

        assertThat(refused.state()).isEqualTo(TaskState.FAILED);
        assertThat(refused.error()).contains("1080p", "480p");
    }

    @Test
    void aRecordingThatGoesOnHasToBeWaitedFor() {
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)).subList(0, 5));

        assertThat(order("240p").error()).contains("not complete");
    }

    private int record() {
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));
        return world.whole(session).size();
    }

    private TaskChanged order(String... renditions) {
        String taskId = UUID.randomUUID().toString();
        ingest.command(
                new TranscodeCommand.Render(session, taskId, Instant.now(), List.of(renditions)));
        return Awaitility.await("the end of " + taskId)
                .atMost(World.PATIENCE)
                .until(() -> ended(taskId), Optional::isPresent)
                .orElseThrow();
    }

    /// Other tasks may go on behind it.
    private Optional<TaskChanged> ended(String taskId) {
        return world.events(session, TaskChanged.class).stream()
                .filter(task -> task.taskId().equals(taskId) && task.state().isFinal())
                .findFirst();
    }

    private long ready(String rendition, int generation) {
        return world.events(session, SegmentReady.class).stream()
                .filter(event ->
                        event.rendition().equals(rendition) && event.generation() == generation)
                .count();
    }
}
