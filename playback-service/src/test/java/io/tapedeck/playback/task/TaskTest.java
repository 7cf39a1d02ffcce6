package io.tapedeck.playback.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.Addresses;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Addresses ADDRESSES = new Addresses("", "");

    @Test
    void theWorkersFirstWordReplacesOurs() {
        Task ours = Task.queued("t", "s", Task.EXPORT, "mp4", AT);
        assertThat(ours.olderThan(told(TaskState.RUNNING, 1, null, null))).isTrue();
    }

    @Test
    void anOldWordIsNoNews() {
        Task running = told(TaskState.RUNNING, 5, null, null);
        assertThat(running.olderThan(told(TaskState.QUEUED, 4, null, null))).isFalse();
        assertThat(running.olderThan(told(TaskState.QUEUED, 5, null, null))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void whatIsOverCanBeRetriedUnlessItSucceededAndTheRestCancelled(TaskState state) {
        Task task = told(state, 1, null, null);
        assertThat(task.retryable())
                .isEqualTo(state == TaskState.FAILED || state == TaskState.CANCELLED);
        assertThat(task.cancellable())
                .isEqualTo(state == TaskState.QUEUED || state == TaskState.RUNNING);
    }

    @Test
    void aRetryStartsCleanAndBelievesTheWorkerAgain() {
        Task failed = told(TaskState.FAILED, 7, null, "disk full");
        Task again = failed.requeued();
        assertThat(again.state()).isEqualTo(TaskState.QUEUED);
        assertThat(again.error()).isNull();
        assertThat(again.olderThan(told(TaskState.QUEUED, 8, null, null))).isTrue();
        assertThat(again.olderThan(failed)).isFalse();
    }

    @Test
    void aFailureAlwaysHasWords() {
        assertThat(
                        TaskView.of(told(TaskState.FAILED, 1, null, "No space left."), ADDRESSES)
                                .error())
                .isEqualTo("No space left.");
        assertThat(TaskView.of(told(TaskState.FAILED, 1, null, " "), ADDRESSES).error())
                .isEqualTo(TaskView.WITHOUT_WORDS);
        assertThat(TaskView.of(told(TaskState.RUNNING, 1, null, "odd"), ADDRESSES).error())
                .isNull();
    }

    @Test
    void onlyASuccessHasAResult() {
        assertThat(TaskView.of(told(TaskState.SUCCEEDED, 1, "key", null), ADDRESSES).resultUrl())
                .isEqualTo("/media/s/recording.mp4");
        assertThat(TaskView.of(told(TaskState.RUNNING, 1, "key", null), ADDRESSES).resultUrl())
                .isNull();
    }

    private static Task told(
            TaskState state, long sequence, @Nullable String resultKey, @Nullable String error) {
        return Task.told(
                new TranscodeEvent.TaskChanged(
                        "s", sequence, AT, "t", "export", "mp4", state, 0.5, AT, AT, null,
                        resultKey, 10, error));
    }
}
