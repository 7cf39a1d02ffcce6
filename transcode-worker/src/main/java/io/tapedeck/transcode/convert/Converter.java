package io.tapedeck.transcode.convert;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.convert.Fragmenter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.mp4.Mp4Index;
import io.tapedeck.timeline.mp4.NotIndexableException;
import io.tapedeck.transcode.Heartbeat;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeJob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Does one job of converting a run. Thread-safe.
public final class Converter {

    private static final System.Logger LOG = System.getLogger(Converter.class.getName());
    private static final String CONTENT_TYPE = "video/mp4";
    private static final String LIST_TYPE = "application/octet-stream";

    private final Conversions conversions;
    private final ObjectStore objects;
    private final ChunkObjects chunks;
    private final Fragmenter ffmpeg;
    private final WorkFiles files;
    private final Consumer<String> settled;
    private final Duration heartbeat;
    private final long maxBytes;
    private final int maxAttempts;
    private final Duration roomPatience;

    /// @param settled is told the session of each run that is settled, well or not
    Converter(
            Conversions conversions,
            ObjectStore objects,
            Fragmenter ffmpeg,
            WorkFiles files,
            Consumer<String> settled,
            Duration heartbeat,
            long maxBytes,
            int maxAttempts,
            Duration roomPatience) {
        this.conversions = conversions;
        this.objects = objects;
        this.chunks = new ChunkObjects(objects);
        this.ffmpeg = ffmpeg;
        this.files = files;
        this.settled = settled;
        this.heartbeat = heartbeat;
        this.maxBytes = maxBytes;
        this.maxAttempts = maxAttempts;
        this.roomPatience = roomPatience;
    }

    /// Converts the run if it is to be converted. When this returns, the job is done, whether well
    /// or not.
    ///
    /// @throws IOException a neighbour failed; the job is to be done again, here or elsewhere
    /// @throws InterruptedException `cancellation` was thrown; the same holds
    /// @throws io.tapedeck.transcode.database.DatabaseException the same holds
    public void convert(TranscodeJob.Convert job, Cancellation cancellation)
            throws IOException, InterruptedException {
        Optional<Attempt> started = conversions.start(job.sessionId(), job.run());
        if (started.isEmpty()) {
            return;
        }
        Attempt attempt = started.get();
        var progress = new ConversionProgress(System::nanoTime);
        try (var beat =
                new Heartbeat(
                        attempt.toString(),
                        _ -> conversions.alive(attempt, progress.now()),
                        heartbeat,
                        cancellation)) {
            convert(attempt, progress, beat, cancellation);
        }
        settled.accept(job.sessionId());
    }

    private void convert(
            Attempt attempt, ConversionProgress progress, Heartbeat beat, Cancellation cancellation)
            throws IOException, InterruptedException {
        if (attempt.tries() > maxAttempts) {
            fail(attempt, "This part took the worker that converted it down, several times over.");
            return;
        }
        List<RunChunk> run = conversions.chunks(attempt);
        if (attempt.container() == ForeignContainer.MP4 && RunChunk.hasHoles(run)) {
            fail(attempt, "A part of this MP4 file is missing, without which it cannot be read.");
            return;
        }
        try {
            if (attempt.container() == ForeignContainer.MP4 && !attempt.unindexable()) {
                index(attempt, run);
            } else {
                convert(attempt, run, progress, cancellation);
            }
        } catch (LostChunkException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", attempt, e.getMessage());
            failAtLast(attempt, "A part of this recording is not in the store any more.");
        } catch (FfmpegException e) {
            if (!beat.lost()) {
                failed(attempt, e);
            }
        } catch (UnwritableException e) {
            LOG.log(System.Logger.Level.WARNING, "not converted " + attempt, e);
            failAtLast(attempt, "The server's disk could not take what this part is converted to.");
        } catch (IOException e) {
            conversions.givenBack(attempt, true);
            throw e;
        }
    }

    /// Lists the frames of an MP4 file, which is planned from that and read as it is.
    private void index(Attempt attempt, List<RunChunk> run) throws IOException {
        byte[] list;
        try {
            list = Mp4Index.list(new RunFile(chunks, run));
        } catch (NotIndexableException e) {
            LOG.log(System.Logger.Level.INFO, "not indexed {0}: {1}", attempt, e.getMessage());
            conversions.unindexable(attempt);
            return;
        }
        String key = SegmentKeys.indexed(attempt.sessionId(), attempt.run(), attempt.number());
        objects.put(key, new ByteArrayInputStream(list), list.length, LIST_TYPE);
        if (conversions.indexed(attempt, key, list.length)) {
            LOG.log(System.Logger.Level.INFO, "indexed {0} bytes={1}", attempt, list.length);
        } else {
            objects.delete(List.of(key));
        }
    }

    private void convert(
            Attempt attempt,
            List<RunChunk> run,
            ConversionProgress progress,
            Cancellation cancellation)
            throws IOException, FfmpegException {
        long sizeBytes = RunChunk.totalBytes(run);
        if (sizeBytes > maxBytes) {
            fail(attempt, tooLarge(sizeBytes));
            return;
        }
        if (!hasRoom(attempt, WorkFiles.neededBytes(sizeBytes))) {
            return;
        }
        Path source = files.create();
        Path converted = files.create();
        try {
            collect(run, source, progress, cancellation);
            convert(attempt, source, converted, progress, cancellation);
            put(attempt, converted);
        } finally {
            Files.deleteIfExists(source);
            Files.deleteIfExists(converted);
        }
    }

    /// @return false when it failed for want of room
    /// @throws IOException there is none at present; there may be later, or elsewhere
    private boolean hasRoom(Attempt attempt, long neededBytes) throws IOException {
        WorkFiles.Space space = files.disk().space();
        if (space.has(neededBytes)) {
            return true;
        }
        var little = new TooLittleRoom(neededBytes, space);
        // Another worker's disk may be larger than all of this one.
        if (conversions.crowded(attempt).compareTo(roomPatience) > 0) {
            fail(attempt, little.reason(roomPatience));
            return false;
        }
        String full =
                "the disk is too full to convert %s in %s: %s"
                        .formatted(attempt, files.directory(), little);
        LOG.log(System.Logger.Level.WARNING, full);
        throw new IOException(full);
    }

    private void collect(
            List<RunChunk> run, Path source, ConversionProgress progress, Cancellation cancellation)
            throws IOException, FfmpegException {
        long sizeBytes = RunChunk.totalBytes(run);
        long doneBytes = 0;
        try (var out = Files.newOutputStream(source)) {
            for (RunChunk chunk : run) {
                if (cancellation.isCancelled()) {
                    throw new FfmpegException(new FfmpegExit.Cancelled());
                }
                if (chunk.sizeBytes() > 0) {
                    try (InputStream in = chunks.open(chunk.objectKey(), 0, chunk.sizeBytes())) {
                        in.transferTo(out);
                    }
                    doneBytes += chunk.sizeBytes();
                    progress.collected((double) doneBytes / sizeBytes);
                }
            }
        }
    }

    private void convert(
            Attempt attempt,
            Path source,
            Path converted,
            ConversionProgress progress,
            Cancellation cancellation)
            throws UnwritableException, FfmpegException {
        try {
            ffmpeg.convert(
                    attempt.container(), source, converted, progress::converted, cancellation);
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }

    private void put(Attempt attempt, Path converted) throws IOException {
        String key = SegmentKeys.converted(attempt.sessionId(), attempt.run(), attempt.number());
        long sizeBytes = Files.size(converted);
        try (InputStream in = Files.newInputStream(converted)) {
            objects.put(key, in, sizeBytes, CONTENT_TYPE);
        }
        if (conversions.made(attempt, key, sizeBytes)) {
            LOG.log(System.Logger.Level.INFO, "converted {0} bytes={1}", attempt, sizeBytes);
        } else {
            objects.delete(List.of(key));
        }
    }

    /// What becomes of an attempt that is still wanted and did not succeed.
    void failed(Attempt attempt, FfmpegException e) throws InterruptedException {
        switch (e.exit()) {
            case FfmpegExit.Cancelled _ -> {
                conversions.givenBack(attempt, true);
                throw new InterruptedException("conversion cancelled");
            }
            case FfmpegExit.OutputTooLarge(long limitBytes) -> fail(attempt, tooLarge(limitBytes));
            // It would take as long again, and come no further.
            case FfmpegExit.TimedOut(Duration limit, _) -> fail(attempt, tooLong(limit));
            case FfmpegExit exit -> {
                LOG.log(System.Logger.Level.WARNING, "not converted {0}: {1}", attempt, e);
                if (exit.retryable()) {
                    failAtLast(attempt, unreadable(attempt));
                } else {
                    fail(attempt, unreadable(attempt));
                }
            }
        }
    }

    private String tooLarge(long sizeBytes) {
        return "This part is too large to be converted: %d MB or more, and %d MB is the limit here."
                .formatted(sizeBytes >> 20, maxBytes >> 20);
    }

    private static String tooLong(Duration limit) {
        return "This part takes more than the %d minutes to convert that it may take here. Send it as an MP4 file with H.264, which need not be converted, or in shorter parts."
                .formatted(limit.toMinutes());
    }

    private static String unreadable(Attempt attempt) {
        return "This is %s that cannot be read: it is damaged, not complete, or coded in a way that is not known here."
                .formatted(attempt.container().title());
    }

    /// Fails unless there is another try, which may go better.
    private void failAtLast(Attempt attempt, String reason) {
        if (attempt.tries() < maxAttempts) {
            conversions.givenBack(attempt, false);
        } else {
            fail(attempt, reason);
        }
    }

    private void fail(Attempt attempt, String reason) {
        LOG.log(System.Logger.Level.INFO, "conversion failed {0}: {1}", attempt, reason);
        conversions.failed(attempt, reason);
    }

    /// The disk failed, as opposed to the store. It may do so again for the same recording.
    private static final class UnwritableException extends IOException {

        private static final long serialVersionUID = 1L;

        UnwritableException(IOException cause) {
            super(cause);
        }
    }
}
