package io.tapedeck.playback.delivery;

import java.util.ArrayList;
import java.util.List;

/// A range of one stored object.
///
/// @param lengthBytes at least 1
record StoredPiece(String objectKey, long offsetBytes, long lengthBytes) {

    /// A whole object.
    static StoredPiece whole(String objectKey, long sizeBytes) {
        return new StoredPiece(objectKey, 0, sizeBytes);
    }

    /// The part of a row of pieces that covers `[first, last]` of their concatenation.
    static List<StoredPiece> cut(List<StoredPiece> pieces, long first, long last) {
        var cut = new ArrayList<StoredPiece>();
        long start = 0;
        for (StoredPiece piece : pieces) {
            long end = start + piece.lengthBytes();
            long from = Math.max(first, start);
            long to = Math.min(last + 1, end);
            if (from < to) {
                cut.add(
                        new StoredPiece(
                                piece.objectKey(), piece.offsetBytes() + from - start, to - from));
            }
            start = end;
        }
        return cut;
    }

    static long totalBytes(List<StoredPiece> pieces) {
        return pieces.stream().mapToLong(StoredPiece::lengthBytes).sum();
    }
}
