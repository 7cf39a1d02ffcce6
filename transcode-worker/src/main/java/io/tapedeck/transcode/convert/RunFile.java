package io.tapedeck.transcode.convert;

import io.tapedeck.timeline.mp4.FileBytes;
import io.tapedeck.transcode.chunk.ChunkObjects;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A run without holes as one file, of which only what is asked for is read.
final class RunFile implements FileBytes {

    private final ChunkObjects chunks;

    /// By where they begin.
    private final TreeMap<Long, RunChunk> places = new TreeMap<>();

    private final long sizeBytes;

    RunFile(ChunkObjects chunks, List<RunChunk> run) {
        this.chunks = chunks;
        long at = 0;
        for (RunChunk chunk : run) {
            if (chunk.sizeBytes() > 0) {
                places.put(at, chunk);
                at += chunk.sizeBytes();
            }
        }
        this.sizeBytes = at;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public byte[] read(long offsetBytes, int lengthBytes) throws IOException {
        byte[] bytes = new byte[lengthBytes];
        int done = 0;
        while (done < lengthBytes) {
            Map.Entry<Long, RunChunk> place = places.floorEntry(offsetBytes + done);
            if (place == null || offsetBytes + done >= sizeBytes) {
                throw new EOFException("nothing at byte %d of a run".formatted(offsetBytes + done));
            }
            long from = offsetBytes + done - place.getKey();
            int count = (int) Math.min(lengthBytes - done, place.getValue().sizeBytes() - from);
            try (InputStream in = chunks.open(place.getValue().objectKey(), from, count)) {
                if (in.readNBytes(bytes, done, count) < count) {
                    throw new EOFException("a chunk object ends early");
                }
            }
            done += count;
        }
        return bytes;
    }
}
