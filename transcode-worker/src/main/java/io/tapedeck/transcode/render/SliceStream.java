package io.tapedeck.transcode.render;

import io.tapedeck.transcode.chunk.ChunkObjects;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of slices, one behind the other. Each object is opened when its turn comes, so one
/// connection is held at a time.
final class SliceStream extends InputStream {

    private final ChunkObjects chunks;
    private final Iterator<ChunkSlice> rest;
    private @Nullable InputStream current;
    private long left;

    SliceStream(ChunkObjects chunks, List<ChunkSlice> slices) {
        this.chunks = chunks;
        this.rest = slices.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        InputStream in = open();
        if (in == null) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        left -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        InputStream in = current;
        current = null;
        if (in != null) {
            in.close();
        }
    }

    private @Nullable InputStream open() throws IOException {
        while (left == 0) {
            close();
            if (!rest.hasNext()) {
                return null;
            }
            ChunkSlice next = rest.next();
            current = chunks.open(next.objectKey(), next.offsetBytes(), next.lengthBytes());
            left = next.lengthBytes();
        }
        return current;
    }
}
