package io.tapedeck.timeline.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Finds the index (`moov`) of a file: by the headers of its boxes, few bytes each.
///
/// @param bytes its body
/// @param offsetBytes where that is in the file
record MovieBox(byte[] bytes, long offsetBytes) {

    /// A day's index has some 20 MB.
    private static final int MOST_BYTES = 64 << 20;

    /// Of one file. Each costs a request to the store.
    private static final int MOST_BOXES = 64;

    private static final int SHORT_BYTES = 8;
    private static final int LONG_BYTES = 16;

    static MovieBox find(FileBytes file) throws IOException, NotIndexableException {
        MovieBox found = null;
        long at = 0;
        for (int boxes = 0; file.sizeBytes() - at >= SHORT_BYTES; boxes++) {
            if (boxes == MOST_BOXES) {
                throw new NotIndexableException("too many boxes");
            }
            int headBytes = (int) Math.min(LONG_BYTES, file.sizeBytes() - at);
            ByteBuffer head = ByteBuffer.wrap(file.read(at, headBytes));
            long sizeBytes = size(head, file.sizeBytes() - at);
            int type = head.getInt(4);
            if (!Types.isType(type) || type == Types.MOOF) {
                throw new NotIndexableException("no file with its index in one piece");
            }
            if (type == Types.MOOV) {
                if (found != null) {
                    throw new NotIndexableException("more than one index");
                }
                found = read(file, at, head.getInt(0) == 1 ? LONG_BYTES : SHORT_BYTES, sizeBytes);
            }
            at += sizeBytes;
        }
        if (found == null) {
            throw new NotIndexableException("no index");
        }
        return found;
    }

    /// Of the whole box, at most what is left: a file may be cut off in its last one.
    private static long size(ByteBuffer head, long leftBytes) throws NotIndexableException {
        long size = head.getInt(0) & 0xFFFF_FFFFL;
        if (size == 1) {
            size = head.limit() < LONG_BYTES ? 0 : head.getLong(SHORT_BYTES);
            if (size < LONG_BYTES) {
                throw new NotIndexableException("a box has an impossible size");
            }
        } else if (size == 0) {
            size = leftBytes;
        } else if (size < SHORT_BYTES) {
            throw new NotIndexableException("a box has an impossible size");
        }
        return Math.min(size, leftBytes);
    }

    private static MovieBox read(FileBytes file, long at, int headBytes, long sizeBytes)
            throws IOException, NotIndexableException {
        long bodyBytes = sizeBytes - headBytes;
        if (bodyBytes < 0 || bodyBytes > MOST_BYTES) {
            throw new NotIndexableException("the index is too large");
        }
        return new MovieBox(file.read(at + headBytes, (int) bodyBytes), at + headBytes);
    }
}
