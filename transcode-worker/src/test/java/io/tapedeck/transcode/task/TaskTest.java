package io.tapedeck.transcode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        assertThat(failed.retry(1, T2)).get().extracting(Task::state).isEqualTo(TaskState.QUEUED);
        assertThat(cancelled.retry(1, T2)).isPresent();
        assertThat(succeeded.retry(1, T2)).isEmpty();
        assertThat(running.retry(1, T2)).isEmpty();
        assertThat(queued.retry(1, T2)).isEmpty();
    }

    @Test
    void whatCanNeverBeMadeIsRefusedAndRefusedAgain() {
        Task gif = asked(ExportTaskId.of("s", "gif", 1), "gif", 1);
        Task wrongId = asked("t", "mp4", 1);

        assertThat(gif.error()).contains("no export to gif");
        assertThat(wrongId.error()).contains("wrong id");
        assertThat(gif.retry(1, T2)).get().extracting(Task::state).isEqualTo(TaskState.FAILED);
        assertThat(wrongId.retry(1, T2)).get().extracting(Task::finishedAt).isEqualTo(T2);
        assertThat(asked(ID, "mp4", 1)).isEqualTo(queued);
    }

    @Test
    void anExportIsOfTheGenerationThatItWasAskedFor() {
        String second = ExportTaskId.of("s", "mp4", 2);

        assertThat(asked(second, "mp4", 2).state()).isEqualTo(TaskState.QUEUED);
        assertThat(asked(second, "mp4", 2).generation()).isEqualTo(2);
        assertThat(asked(ID, "mp4", 1)).as("that is not the newest").isEqualTo(queued);
        assertThat(asked(second, "mp4", 1).error()).contains("wrong id");
    }

    @Test
    void anExportOfBeforeGenerationsWereSentIsOfTheOneThatItsIdMeans() {
        Task first = asked(ID, "mp4", null);
        Task second = asked(ExportTaskId.of("s", "mp4", 2), "mp4", null);

        assertThat(first).isEqualTo(queued);
        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.state()).isEqualTo(TaskState.QUEUED);
        assertThat(asked("t", "mp4", null).error()).contains("wrong id");
    }

    @Test
    void aGenerationThatThereIsNotIsRefusedUntilThereIs() {
        Task fourth = asked(ExportTaskId.of("s", "mp4", 4), "mp4", 4);

        assertThat(fourth.error()).contains("Ask for the file anew");
        assertThat(fourth.retry(3, T2)).get().extracting(Task::state).isEqualTo(TaskState.FAILED);
        assertThat(fourth.retry(4, T2)).get().extracting(Task::state).isEqualTo(TaskState.QUEUED);
    }

    /// Of a session of three generations.
    private static Task asked(String id, String format, @Nullable Integer generation) {
        return Task.asked(new TranscodeCommand.Export("s", id, T0, format, generation), 3, T0);
    }

    @Test
    void theAttemptTellsRunnersApartEvenAfterARetry() {
        Task again = failed.retry(1, T2).orElseThrow().start(T2).orElseThrow();

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
