package io.tapedeck.transcode.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Opens the bytes of chunks.
@FunctionalInterface
interface ChunkBytes {

    int BUFFER_BYTES = 64 * 1024;

    /// @param chunk not an empty one
    /// @return its bytes; the caller closes it
    InputStream open(Chunk chunk) throws IOException;

    /// Hands on a chunk's bytes in order, until `taker` wants no more.
    ///
    /// @param chunk may be empty
    /// @throws IOException they could not be read, or are fewer than they should be
    default <E extends Exception> void pour(Chunk chunk, Taker<E> taker) throws IOException, E {
        if (chunk.sizeBytes() == 0) {
            return;
        }
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, chunk.sizeBytes())];
        long left = chunk.sizeBytes();
        boolean wanted = true;
        try (InputStream in = open(chunk)) {
            while (wanted && left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("chunk object is %d bytes short".formatted(left));
                }
                left -= count;
                wanted = taker.take(ByteBuffer.wrap(buffer, 0, count));
            }
        }
    }

    /// Takes some bytes.
    @FunctionalInterface
    interface Taker<E extends Exception> {

        /// @return whether it wants more
        boolean take(ByteBuffer bytes) throws E;
    }
}
