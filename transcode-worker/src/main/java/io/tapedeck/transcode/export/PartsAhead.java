package io.tapedeck.transcode.export;

import io.tapedeck.ffmpeg.export.ExportSource;
import io.tapedeck.transcode.task.RenderedPart;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the parts of an export from the store, some of them before their turn and side by side:
/// one after the other, an export of ten minutes would wait three hundred times for an answer.
///
/// Not thread-safe: the sources are to be opened one after the other, each once, in their order.
/// Closing it ends what is under way.
final class PartsAhead implements AutoCloseable {

    /// At once. More does not make a store on the same machine quicker.
    private static final int MOST_PARTS = 8;

    /// In memory. A part that is larger is read when its turn comes, a buffer at a time.
    private static final long MOST_BYTES = 16 << 20;

    private final Opener store;
    private final List<RenderedPart> parts;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private long aheadBytes;
    private int next;

    private record Ahead(RenderedPart part, Future<byte[]> bytes) {}

    /// Opens a part where it is kept.
    interface Opener {

        InputStream open(RenderedPart part) throws IOException;
    }

    PartsAhead(Opener store, List<RenderedPart> parts) {
        this.store = store;
        this.parts = parts;
    }

    /// In the order of the parts.
    List<ExportSource> sources() {
        var sources = new ArrayList<ExportSource>();
        for (RenderedPart part : parts) {
            sources.add(new ExportSource(part.sizeBytes(), this::open));
        }
        return sources;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private InputStream open() throws IOException {
        request();
        Ahead first = ahead.poll();
        if (first == null) {
            return store.open(parts.get(next++));
        }
        aheadBytes -= first.part().sizeBytes();
        return new ByteArrayInputStream(await(first.bytes()));
    }

    /// Asks for as many of the next parts as may be in memory.
    private void request() {
        while (next < parts.size() && ahead.size() < MOST_PARTS) {
            RenderedPart part = parts.get(next);
            if (aheadBytes + part.sizeBytes() > MOST_BYTES) {
                return;
            }
            next++;
            aheadBytes += part.sizeBytes();
            ahead.add(new Ahead(part, threads.submit(() -> read(part))));
        }
    }

    private byte[] read(RenderedPart part) throws IOException {
        try (InputStream in = store.open(part)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(part.sizeBytes()));
            if (bytes.length < part.sizeBytes()) {
                throw new EOFException(part.objectKey() + " is cut short");
            }
            return bytes;
        }
    }

    private static byte[] await(Future<byte[]> bytes) throws IOException {
        try {
            return bytes.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("export stopped").initCause(e);
        }
    }
}
