package io.tapedeck.transcode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTest {

    private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Instant T2 = T0.plusSeconds(2);

    private static final String ID = ExportTaskId.of("s", "mp4", 1);

    private final Task queued = Task.queued(ID, "s", "mp4", 1, T0);
    private final Task running = queued.start(T1).orElseThrow();
    private final Task succeeded = running.succeed(T2, "key", 42).orElseThrow();
    private final Task failed = running.fail(T2, "No room.").orElseThrow();
    private final Task cancelled = running.cancel(T2).orElseThrow();

    @Test
    void goesFromQueuedToItsEnd() {
        assertThat(queued.state()).isEqualTo(TaskState.QUEUED);
        assertThat(running.state()).isEqualTo(TaskState.RUNNING);
        assertThat(succeeded.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(failed.state()).isEqualTo(TaskState.FAILED);
        assertThat(cancelled.state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void anEndIsNotChangedByLateNews() {
        for (Task end : List.of(succeeded, failed, cancelled)) {
            assertThat(end.start(T2)).isEmpty();
            assertThat(end.progressed(0.5)).isEmpty();
            assertThat(end.succeed(T2, "other", 1)).isEmpty();
            assertThat(end.fail(T2, "late")).isEmpty();
            assertThat(end.cancel(T2)).isEmpty();
            assertThat(end.giveBack(true)).isEmpty();
        }
    }

    @Test
    void onlyWhatWentWrongCanBeRetried() {
        assertThat(failed.retry(T2)).get().extracting(Task::state).isEqualTo(TaskState.QUEUED);
        assertThat(cancelled.retry(T2)).isPresent();
        assertThat(succeeded.retry(T2)).isEmpty();
        assertThat(running.retry(T2)).isEmpty();
        assertThat(queued.retry(T2)).isEmpty();
    }

    @Test
    void whatCanNeverBeMadeIsRefusedAndRefusedAgain() {
        Task gif = Task.asked(ExportTaskId.of("s", "gif", 1), "s", "gif", 1, T0);
        Task wrongId = Task.asked("t", "s", "mp4", 1, T0);

        assertThat(gif.error()).contains("no export to gif");
        assertThat(wrongId.error()).contains("wrong id");
        assertThat(gif.retry(T2)).get().extracting(Task::state).isEqualTo(TaskState.FAILED);
        assertThat(wrongId.retry(T2)).get().extracting(Task::finishedAt).isEqualTo(T2);
        assertThat(Task.asked(ID, "s", "mp4", 1, T0)).isEqualTo(queued);
    }

    @Test
    void theAttemptTellsRunnersApartEvenAfterARetry() {
        Task again = failed.retry(T2).orElseThrow().start(T2).orElseThrow();

        assertThat(again.attempt()).isGreaterThan(running.attempt());
        assertThat(again.tries()).isEqualTo(1);
    }

    @Test
    void aTryThatANeighbourSpoiltDoesNotCount() {
        assertThat(running.giveBack(true).orElseThrow().tries()).isZero();
        assertThat(running.giveBack(false).orElseThrow().tries()).isEqualTo(1);
        assertThat(running.giveBack(true).orElseThrow().attempt()).isEqualTo(1);
    }

    @Test
    void progressNeverFalls() {
        Task half = running.progressed(0.5).orElseThrow();

        assertThat(half.progressed(0.2).orElseThrow().progress()).isEqualTo(0.5);
    }

    @Test
    void theWorldIsToldAllOfIt() {
        assertThat(succeeded.changed(9, T2))
                .isEqualTo(
                        new TaskChanged(
                                "s",
                                9,
                                T2,
                                ID,
                                "export",
                                "mp4",
                                TaskState.SUCCEEDED,
                                1,
                                T0,
                                T1,
                                T2,
                                "key",
                                42,
                                null));
        assertThat(((TaskChanged) failed.changed(9, T2)).error()).isEqualTo("No room.");
    }
}
