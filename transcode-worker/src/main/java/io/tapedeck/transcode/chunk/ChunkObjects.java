package io.tapedeck.transcode.chunk;

import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Opens chunk objects, and tells bytes that are gone from a store that is away. Thread-safe.
public final class ChunkObjects {

    private final ObjectStore objects;

    public ChunkObjects(ObjectStore objects) {
        this.objects = objects;
    }

    /// Opens a range of a chunk. The caller closes the stream, which has all of the range or fails,
    /// with the same exceptions.
    ///
    /// @param lengthBytes at least 1
    /// @throws LostChunkException the object is missing, or ends before the range does
    /// @throws IOException the store failed
    public InputStream open(String key, long offsetBytes, long lengthBytes) throws IOException {
        long endBytes = offsetBytes + lengthBytes;
        try {
            return new WholeRange(
                    objects.open(key, offsetBytes, lengthBytes), key, lengthBytes, endBytes);
        } catch (FileNotFoundException e) {
            throw new LostChunkException("chunk object %s is missing".formatted(key), e);
        } catch (IOException e) {
            // A range behind the end is refused, in words of the store's own.
            throw explained(key, endBytes, e);
        }
    }

    /// The failure, or what is behind it: that the object is too short.
    private IOException explained(String key, long endBytes, IOException failure) {
        try {
            Optional<ObjectInfo> found = objects.stat(key);
            if (found.isPresent() && found.get().sizeBytes() < endBytes) {
                return new LostChunkException(
                        "chunk object %s has %d bytes instead of at least %d"
                                .formatted(key, found.get().sizeBytes(), endBytes),
                        failure);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private final class WholeRange extends FilterInputStream {

        private final String key;
        private final long endBytes;
        private long leftBytes;

        WholeRange(InputStream in, String key, long lengthBytes, long endBytes) {
            super(in);
            this.key = key;
            this.leftBytes = lengthBytes;
            this.endBytes = endBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count < 0 && leftBytes > 0) {
                throw explained(
                        key,
                        endBytes,
                        new IOException(
                                "chunk object %s ends %d bytes early".formatted(key, leftBytes)));
            }
            leftBytes -= Math.max(count, 0);
            return count;
        }
    }
}
