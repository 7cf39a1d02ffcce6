package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.matroska.Ebml;
import io.tapedeck.ingest.matroska.Matroska;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Reads the sound out of a chunk that [Matroska] wrote: each holds whole elements.
final class LoggedSound {

    private static final int BLOCK_HEAD_BYTES = 4;

    private LoggedSound() {}

    /// @return its samples, without the gaps between them
    /// @throws IllegalArgumentException the chunk was not written here
    static byte[] of(byte[] chunk) {
        var sound = new ByteArrayOutputStream();
        read(ByteBuffer.wrap(chunk), sound);
        return sound.toByteArray();
    }

    private static void read(ByteBuffer bytes, ByteArrayOutputStream sound) {
        while (bytes.hasRemaining()) {
            int id = number(bytes, true);
            int size = number(bytes, false);
            if (id == Ebml.SEGMENT || id == Ebml.CLUSTER) {
                // What is inside follows in any case.
                continue;
            }
            if (size < 0 || size > bytes.remaining()) {
                throw new IllegalArgumentException("an element is cut short");
            }
            if (id == Ebml.SIMPLE_BLOCK
                    && bytes.get(bytes.position()) == (byte) (0x80 | Matroska.SOUND)) {
                sound.write(
                        bytes.array(),
                        bytes.position() + BLOCK_HEAD_BYTES,
                        size - BLOCK_HEAD_BYTES);
            }
            bytes.position(bytes.position() + size);
        }
    }

    /// A number of variable length (RFC 8794 §4); -1 when it is larger than any that is written
    /// here.
    private static int number(ByteBuffer bytes, boolean withLength) {
        int first = bytes.get() & 0xFF;
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7 || more > bytes.remaining()) {
            throw new IllegalArgumentException("a number is cut short");
        }
        long value = withLength ? first : first & (0x7F >> more);
        for (int i = 0; i < more; i++) {
            value = value << 8 | bytes.get() & 0xFF;
        }
        return withLength || value <= Integer.MAX_VALUE ? (int) value : -1;
    }
}
