package io.tapedeck.transcode.export;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.export.ExportException;
import io.tapedeck.ffmpeg.export.ExportException.Reason;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StreamSink;
import io.tapedeck.timeline.webm.WebmParser;
import io.tapedeck.transcode.task.LogChunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Reads the pictures or the sound out of a log of frames, run by run, in order. Not thread-safe.
final class LogReader {

    private static final int BUFFER_BYTES = 64 << 10;

    private final List<LogChunk> chunks;
    private final ObjectStore objects;
    private final Cancellation cancellation;
    private long readBytes;

    LogReader(List<LogChunk> chunks, ObjectStore objects, Cancellation cancellation) {
        this.chunks = chunks;
        this.objects = objects;
        this.cancellation = cancellation;
    }

    /// Takes the frames of a track.
    ///
    /// @param <T> its kind
    interface Taker<T extends Track> {

        /// @param readBytes of the log so far
        void take(T track, byte[] payload, long readBytes) throws IOException;
    }

    long sizeBytes() {
        return chunks.stream().mapToLong(LogChunk::sizeBytes).sum();
    }

    void pictures(Taker<Track.Video> taker) throws ExportException, IOException {
        read(
                new Sink<>(Block.Kind.PICTURE, taker) {
                    @Override
                    Optional<Track.Video> of(Tracks tracks) {
                        return tracks.video();
                    }
                });
    }

    void sound(Taker<Track.Audio> taker) throws ExportException, IOException {
        read(
                new Sink<>(Block.Kind.SOUND, taker) {
                    @Override
                    Optional<Track.Audio> of(Tracks tracks) {
                        return tracks.audio();
                    }
                });
    }

    private void read(Sink<?> sink) throws ExportException, IOException {
        var parser = new WebmParser(true);
        int run = -1;
        for (LogChunk chunk : chunks) {
            if (chunk.run() != run) {
                parser = new WebmParser(true);
                run = chunk.run();
            }
            read(chunk, parser, sink);
        }
    }

    private void read(LogChunk chunk, WebmParser parser, Sink<?> sink)
            throws ExportException, IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = open(chunk)) {
            for (int count = next(in, buffer); count >= 0; count = next(in, buffer)) {
                if (cancellation.isCancelled()) {
                    throw new ExportException(Reason.CANCELLED, "The export was cancelled.");
                }
                readBytes += count;
                parser.feed(ByteBuffer.wrap(buffer, 0, count), sink);
                sink.rethrow();
            }
        } catch (MediaException e) {
            throw new ExportException(
                    Reason.EMPTY, "The recording cannot be read any more: " + e.getMessage(), e);
        }
    }

    private InputStream open(LogChunk chunk) throws ExportException {
        try {
            return objects.open(chunk.objectKey(), 0, chunk.sizeBytes());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static int next(InputStream in, byte[] buffer) throws ExportException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static ExportException unreadable(IOException e) {
        return new ExportException(
                Reason.SOURCE_UNREADABLE,
                "A part of the recording could not be read from the store: " + e.getMessage(),
                e);
    }

    private abstract class Sink<T extends Track> implements StreamSink {

        private final Block.Kind kind;
        private final Taker<T> taker;
        private Optional<T> track = Optional.empty();
        private Optional<IOException> failure = Optional.empty();

        Sink(Block.Kind kind, Taker<T> taker) {
            this.kind = kind;
            this.taker = taker;
        }

        abstract Optional<T> of(Tracks tracks);

        @Override
        public void began() {}

        @Override
        public void tracks(Tracks tracks) {
            track = of(tracks);
        }

        @Override
        public void block(Block block) {
            if (block.kind() != kind || track.isEmpty() || failure.isPresent()) {
                return;
            }
            try {
                taker.take(track.get(), block.payload(), readBytes);
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }

        /// A parser's sink fails only with what is wrong with the stream.
        void rethrow() throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
