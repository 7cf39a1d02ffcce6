package io.tapedeck.transcode.export;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.export.ExportException;
import io.tapedeck.ffmpeg.export.ExportException.Reason;
import io.tapedeck.ffmpeg.export.ExportListener;
import io.tapedeck.ffmpeg.export.ExportedFile;
import io.tapedeck.ffmpeg.export.PicturesExporter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.contract.ExportFormat;
import io.tapedeck.transcode.task.LogChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes files of what came as frames, as it came. Thread-safe.
final class LogFiles {

    private static final String DISK_FULL = "No space left on device";

    private final PicturesExporter pictures;
    private final ObjectStore objects;
    private final Path workDirectory;

    LogFiles(PicturesExporter pictures, ObjectStore objects, Path workDirectory) {
        this.pictures = pictures;
        this.objects = objects;
        this.workDirectory = workDirectory;
    }

    /// @param format one that [ExportFormat#isOfLog]
    ExportedFile make(
            String format,
            List<LogChunk> chunks,
            ExportListener listener,
            Cancellation cancellation)
            throws ExportException {
        var log = new LogReader(chunks, objects, cancellation);
        return format.equals(ExportFormat.WAV)
                ? wav(log, listener)
                : pictures.export(mp4(log), listener, cancellation);
    }

    private static PicturesExporter.Source mp4(LogReader log) {
        return new PicturesExporter.Source() {
            @Override
            public long sizeBytes() {
                return log.sizeBytes();
            }

            @Override
            public void read(PicturesExporter.Sink sink) throws ExportException, IOException {
                log.pictures((track, jpeg, readBytes) ->
                        sink.picture(track.widthPixels(), track.heightPixels(), jpeg, readBytes));
            }
        };
    }

    private ExportedFile wav(LogReader log, ExportListener listener) throws ExportException {
        try {
            Files.createDirectories(workDirectory);
            Path file = Files.createTempFile(workDirectory, "sound-", ".wav");
            boolean done = false;
            try {
                ExportedFile exported = wav(log, listener, file);
                done = true;
                return exported;
            } finally {
                if (!done) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains(DISK_FULL);
            throw new ExportException(
                    full ? Reason.DISK_FULL : Reason.FFMPEG_FAILED,
                    "The server could not write the file: " + e.getMessage(),
                    e);
        }
    }

    private static ExportedFile wav(LogReader log, ExportListener listener, Path file)
            throws ExportException, IOException {
        try (var out = WavFile.create(file)) {
            log.sound((track, samples, readBytes) -> {
                out.write(track.sampleRateHertz(), track.channels(), samples);
                listener.progressed(Math.min(1, (double) readBytes / log.sizeBytes()));
            });
            return out.finish();
        }
    }
}
