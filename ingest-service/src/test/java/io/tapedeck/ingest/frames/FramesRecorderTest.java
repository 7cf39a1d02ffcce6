package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesRecorderTest {

    private final Recorded log = new Recorded();
    private long nowNanos;

    /// What was asked of the log.
    private final class Recorded implements FramesLog {

        Duration failsAfter = Duration.ZERO;
        final List<String> steps = new ArrayList<>();
        final List<RuntimeException> failures = new ArrayList<>();
        int opened;

        @Override
        public String open(String clientId) {
            opened++;
            steps.add("open " + clientId);
            return "session-" + opened;
        }

        @Override
        public void append(String sessionId, FramesChunk chunk) throws IOException {
            if (!failures.isEmpty()) {
                pass(failsAfter);
                throw failures.removeFirst();
            }
            steps.add("%s %d/%d".formatted(sessionId, chunk.run(), chunk.index()));
        }

        @Override
        public void renew(String sessionId) {}

        @Override
        public void finish(String sessionId) {
            steps.add("finish " + sessionId);
        }
    }

    @Test
    void nothingIsOpenedForNothing() throws Exception {
        recorder(1 << 20).finish();
        assertThat(log.steps).isEmpty();
    }

    @Test
    void aFullBatchIsAChunk() throws Exception {
        FramesRecorder recorder = recorder(10_000);
        for (int i = 0; i < 4; i++) {
            recorder.take("a", new FramesMessage.Sound(new byte[6_000]), at(0));
        }
        recorder.finish();
        // What is left of a block of 20 ms comes last.
        assertThat(log.steps)
                .containsExactly(
                        "open a",
                        "session-1 0/0",
                        "session-1 0/1",
                        "session-1 0/2",
                        "finish session-1");
        assertThat(recorder.isRecording()).isFalse();
    }

    @Test
    void whatCameLateIsOneChunkAndNotOneForEachMessage() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        for (int i = 0; i < 3; i++) {
            recorder.take("a", Pictures.message(i), at(-2_000 + i));
            recorder.look();
        }
        assertThat(recorder.patience()).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(recorder.patience()).isZero();
        recorder.look();
        assertThat(log.steps).containsExactly("open a", "session-1 0/0");
    }

    @Test
    void aPictureWaitsOnceForTheSoundThatBelongsToIt() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        recorder.take("a", new FramesMessage.Sound(new byte[1_764]), at(0));
        recorder.take("a", Pictures.message(1), at(10));
        pass(Duration.ofSeconds(1));
        recorder.look();
        assertThat(recorder.patience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(log.steps).containsExactly("open a", "session-1 0/0");
        pass(Duration.ofSeconds(1));
        recorder.look();
        assertThat(log.steps).containsExactly("open a", "session-1 0/0", "session-1 0/1");
    }

    @Test
    void aPictureThatWaitedGoesIntoTheRecordingThatFollows() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        log.failures.add(new ProblemException(IngestProblem.SESSION_CLOSED, "closed"));
        recorder.take("a", new FramesMessage.Sound(new byte[1_764]), at(0));
        recorder.take("a", Pictures.message(1), at(10));
        pass(Duration.ofSeconds(1));
        recorder.look();
        pass(Duration.ofSeconds(1));
        recorder.look();
        assertThat(log.steps).containsExactly("open a", "open a", "session-2 0/0", "session-2 0/1");
    }

    @Test
    void whatWaitsBehindALostHeaderBeginsARun() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        log.failures.add(new IllegalStateException("away"));
        log.failsAfter = Duration.ofMinutes(1);
        recorder.take("a", new FramesMessage.Sound(new byte[1_764]), at(0));
        recorder.take("a", Pictures.message(1), at(10));
        pass(Duration.ofSeconds(1));
        assertThatExceptionOfType(FramesException.class).isThrownBy(recorder::look);
        recorder.finishAtLast();
        assertThat(log.steps).containsExactly("open a", "session-1 1/0", "finish session-1");
    }

    @Test
    void aKindThatComesWhenThereIsNoMemoryBeginsARunToo() throws Exception {
        var memory = new FramesMemory(10 << 10);
        memory.take(7_000);
        FramesRecorder recorder = recorder(1 << 20, memory);
        recorder.take("a", Pictures.message(1), at(0));
        recorder.take("a", new FramesMessage.Sound(new byte[2_940]), at(1));
        recorder.finish();
        assertThat(log.steps)
                .containsExactly(
                        "open a",
                        "session-1 0/0",
                        "session-1 1/1",
                        // What is left of a block of 20 ms.
                        "session-1 1/2",
                        "finish session-1");
    }

    @Test
    void aFailureOfTheStoreIsTriedAgain() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        log.failures.add(new IllegalStateException("away"));
        recorder.take("a", Pictures.message(1), at(0));
        recorder.finish();
        assertThat(log.steps).containsExactly("open a", "session-1 0/0", "finish session-1");
    }

    @Test
    void whatBelongsToASessionThatOthersCompletedBeginsAnother() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        log.failures.add(new ProblemException(IngestProblem.SESSION_CLOSED, "closed"));
        recorder.take("a", Pictures.message(1), at(0));
        recorder.finish();
        assertThat(log.steps)
                .containsExactly("open a", "open a", "session-2 0/0", "finish session-2");
    }

    @Test
    void whatWasDeletedIsNotGoneOnWith() throws Exception {
        FramesRecorder recorder = recorder(1 << 20);
        log.failures.add(new ProblemException(IngestProblem.SESSION_DELETED, "deleted"));
        recorder.take("a", Pictures.message(1), at(0));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(recorder::finish);
        recorder.finishAtLast();
        assertThat(recorder.isRecording()).isFalse();
    }

    @Test
    void aKindThatBeginsLaterBeginsARunThatHasBothForEver() throws Exception {
        FramesRecorder recorder = recorder(1);
        recorder.take("a", Pictures.message(1), at(0));
        for (int i = 0; i < 3; i++) {
            recorder.take("a", new FramesMessage.Sound(new byte[1_764]), at(0));
            recorder.take("a", Pictures.message(1), at(0));
        }
        recorder.finish();
        assertThat(log.steps).contains("session-1 0/0", "session-1 1/1", "session-1 1/6");
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private static Arrival at(long millis) {
        return Arrival.at(Duration.ofMillis(millis).toNanos());
    }

    private FramesRecorder recorder(long batchBytes) {
        return recorder(batchBytes, new FramesMemory(1 << 20));
    }

    private FramesRecorder recorder(long batchBytes, FramesMemory memory) {
        var rules =
                new FramesRules(
                        Duration.ofSeconds(1),
                        batchBytes,
                        100,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5));
        return new FramesRecorder(log, memory, rules, () -> nowNanos);
    }
}
