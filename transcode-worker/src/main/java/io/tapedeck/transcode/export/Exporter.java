package io.tapedeck.transcode.export;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.export.ExportException;
import io.tapedeck.ffmpeg.export.ExportException.Reason;
import io.tapedeck.ffmpeg.export.ExportListener;
import io.tapedeck.ffmpeg.export.ExportedFile;
import io.tapedeck.ffmpeg.export.Mp4Exporter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.Heartbeat;
import io.tapedeck.transcode.contract.ExportFormat;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.task.RenderedPart;
import io.tapedeck.transcode.task.Task;
import io.tapedeck.transcode.task.Tasks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Does one export job. Thread-safe.
public final class Exporter {

    private static final System.Logger LOG = System.getLogger(Exporter.class.getName());

    /// What remains when ffmpeg is done is the way into the store.
    private static final double SHARE_OF_FFMPEG = 0.95;

    /// Of two seconds: not quite 26.5 hours, after which timestamps of MPEG-TS start over. ffmpeg
    /// does not go on behind that.
    private static final int MOST_PARTS = 47_500;

    private static final int TRIES_WHEN_FFMPEG_FAILS = 3;

    private final Tasks tasks;
    private final ObjectStore objects;
    private final Mp4Exporter mp4;
    private final LogFiles logFiles;
    private final Duration heartbeat;
    private final int maxAttempts;

    Exporter(
            Tasks tasks,
            ObjectStore objects,
            Mp4Exporter mp4,
            LogFiles logFiles,
            Duration heartbeat,
            int maxAttempts) {
        this.tasks = tasks;
        this.objects = objects;
        this.mp4 = mp4;
        this.logFiles = logFiles;
        this.heartbeat = heartbeat;
        this.maxAttempts = maxAttempts;
    }

    /// Runs the task if it is to be run. When this returns, the job is done, whether well or not.
    ///
    /// @throws IOException a neighbour failed; the task is queued again
    /// @throws InterruptedException `cancellation` was thrown; the task is queued again
    public void export(TranscodeJob.Export job, Cancellation cancellation)
            throws IOException, InterruptedException {
        Optional<Task> started = tasks.start(job.taskId());
        if (started.isEmpty()) {
            return;
        }
        Task task = started.get();
        if (task.tries() > maxAttempts) {
            tasks.fail(
                    task,
                    "The export was begun %d times and stopped each time before its end."
                            .formatted(maxAttempts));
            return;
        }
        try (var beat =
                new Heartbeat(
                        task.taskId(),
                        progress -> tasks.alive(task, progress),
                        heartbeat,
                        cancellation)) {
            run(task, beat, cancellation);
        }
    }

    private void run(Task task, Heartbeat beat, Cancellation cancellation)
            throws IOException, InterruptedException {
        ExportListener listener = progress -> beat.progressed(progress * SHARE_OF_FFMPEG);
        try (ExportedFile file =
                task.isOfLog()
                        ? logFiles.make(task.format(), tasks.log(task), listener, cancellation)
                        : ofRendition(tasks.parts(task), listener, cancellation)) {
            publish(task, file);
        } catch (ExportException e) {
            failed(task, e, beat);
        } catch (IOException e) {
            tasks.giveBack(task, true);
            throw e;
        }
    }

    private ExportedFile ofRendition(
            List<RenderedPart> parts, ExportListener listener, Cancellation cancellation)
            throws ExportException {
        if (parts.isEmpty()) {
            throw new ExportException(
                    Reason.EMPTY,
                    "Nothing of this recording could be rendered, so there is no file.");
        }
        if (parts.size() > MOST_PARTS) {
            throw new ExportException(
                    Reason.EMPTY,
                    "The recording is longer than 26 hours, which is more than one file can be made"
                            + " of. It can be watched as it is.");
        }
        try (var ahead =
                new PartsAhead(
                        part -> objects.open(part.objectKey(), 0, part.sizeBytes()), parts)) {
            return mp4.export(ahead.sources(), listener, cancellation);
        }
    }

    private void publish(Task task, ExportedFile file) throws IOException {
        String key =
                SegmentKeys.export(
                        task.sessionId(),
                        task.taskId(),
                        Integer.toString(task.attempt()),
                        ExportFormat.extension(task.format()));
        try (InputStream in = Files.newInputStream(file.path())) {
            in.skipNBytes(file.offsetBytes());
            objects.put(key, in, file.sizeBytes(), ExportFormat.contentType(task.format()));
        }
        if (!tasks.succeed(task, key, file.sizeBytes())) {
            objects.delete(List.of(key));
        }
    }

    private void failed(Task task, ExportException e, Heartbeat beat)
            throws IOException, InterruptedException {
        if (beat.lost()) {
            return;
        }
        switch (e.reason()) {
            case CANCELLED -> {
                tasks.giveBack(task, true);
                throw new InterruptedException("export cancelled");
            }
            case SOURCE_UNREADABLE -> sourceUnreadable(task, e);
            case FFMPEG_FAILED -> {
                LOG.log(System.Logger.Level.WARNING, "export failed task=" + task.taskId(), e);
                if (task.tries() < TRIES_WHEN_FFMPEG_FAILS) {
                    tasks.giveBack(task, false);
                } else {
                    tasks.fail(task, words(e));
                }
            }
            case DISK_FULL, EMPTY -> tasks.fail(task, words(e));
        }
    }

    private void sourceUnreadable(Task task, ExportException e) throws IOException {
        if (e.getCause() instanceof FileNotFoundException) {
            tasks.fail(task, "A part of the recording is not in the store any more.");
            return;
        }
        tasks.giveBack(task, true);
        throw new IOException(e);
    }

    private static String words(ExportException e) {
        String message = e.getMessage();
        return message == null ? "The file could not be made." : message;
    }
}
