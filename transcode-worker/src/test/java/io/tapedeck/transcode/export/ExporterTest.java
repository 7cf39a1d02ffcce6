package io.tapedeck.transcode.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.ffmpeg.export.Mp4Exporter;
import io.tapedeck.ffmpeg.export.PicturesExporter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.transcode.Shelf;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.task.LogChunk;
import io.tapedeck.transcode.task.RenderedPart;
import io.tapedeck.transcode.task.Task;
import io.tapedeck.transcode.task.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExporterTest {

    private static final int MAX_ATTEMPTS = 2;
    private static final FfmpegInstallation NO_FFMPEG = new FfmpegInstallation("none", "none", "");
    private static final TranscodeJob.Export JOB = new TranscodeJob.Export("s", "t");

    @Test
    void anExportWhoseRowsMakeNoSenseFailsAfterTheLastTry() throws Exception {
        var tasks =
                new OneTask(() -> {
                    throw new IllegalStateException("on purpose");
                });
        var exporter = exporter(tasks);

        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            assertThatThrownBy(() -> exporter.export(JOB, Cancellation.never()))
                    .hasMessage("on purpose");
        }
        exporter.export(JOB, Cancellation.never());

        assertThat(tasks.task.state()).isEqualTo(TaskState.FAILED);
        assertThat(tasks.task.error()).contains("begun 2 times");
    }

    @Test
    void moreThanADayIsRefusedInWords() throws Exception {
        var tasks = new OneTask(() -> Collections.nCopies(50_000, new RenderedPart("key", 1)));

        exporter(tasks).export(JOB, Cancellation.never());

        assertThat(tasks.task.state()).isEqualTo(TaskState.FAILED);
        assertThat(tasks.task.error()).contains("longer than 26 hours");
    }

    private static Exporter exporter(Tasks tasks) {
        return new Exporter(
                tasks,
                new Shelf(),
                new Mp4Exporter(NO_FFMPEG, FfmpegLimits.forExport(), Path.of("none")),
                new LogFiles(
                        new PicturesExporter(
                                NO_FFMPEG, FfmpegLimits.forEncodedExport(), Path.of("none")),
                        new Shelf(),
                        Path.of("none")),
                Duration.ofDays(1),
                MAX_ATTEMPTS);
    }

    private static final class OneTask implements Tasks {

        private final Supplier<List<RenderedPart>> parts;

        private Task task = Task.queued("t", "s", "mp4", 1, Instant.EPOCH);

        OneTask(Supplier<List<RenderedPart>> parts) {
            this.parts = parts;
        }

        @Override
        public Optional<Task> start(String taskId) {
            Optional<Task> started = task.start(Instant.EPOCH);
            task = started.orElse(task);
            return started;
        }

        @Override
        public List<RenderedPart> parts(Task started) {
            return parts.get();
        }

        @Override
        public List<LogChunk> log(Task started) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean fail(Task running, String error) {
            task = running.fail(Instant.EPOCH, error).orElseThrow();
            return true;
        }

        @Override
        public boolean alive(Task running, double progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean succeed(Task running, String resultKey, long resultBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean giveBack(Task running, boolean spoilt) {
            throw new UnsupportedOperationException();
        }
    }
}
