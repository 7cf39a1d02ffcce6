package io.tapedeck.transcode.render;

import java.util.ArrayList;
import java.util.List;

/// A piece of a chunk object.
record ChunkSlice(String objectKey, long offsetBytes, long lengthBytes) {

    /// A chunk's place in its run.
    ///
    /// @param offsetBytes where it begins in the object
    record Placed(String objectKey, long offsetBytes, long startBytes, long sizeBytes) {}

    /// Whether a span of a run lies in these chunks.
    ///
    /// @param chunks in order
    static boolean cover(List<Placed> chunks, long fromBytes, long toBytes) {
        long position = fromBytes;
        for (Placed chunk : chunks) {
            if (chunk.startBytes() <= position) {
                position = Math.max(position, chunk.startBytes() + chunk.sizeBytes());
            }
        }
        return position >= toBytes;
    }

    /// Cuts a span of a run out of the chunks it lies in.
    ///
    /// @param chunks in order, at least those that the span touches
    /// @throws IllegalStateException they do not cover it
    static List<ChunkSlice> cut(List<Placed> chunks, long fromBytes, long toBytes) {
        var slices = new ArrayList<ChunkSlice>();
        long position = fromBytes;
        for (Placed chunk : chunks) {
            long end = Math.min(toBytes, chunk.startBytes() + chunk.sizeBytes());
            if (chunk.startBytes() <= position && end > position) {
                slices.add(
                        new ChunkSlice(
                                chunk.objectKey(),
                                chunk.offsetBytes() + position - chunk.startBytes(),
                                end - position));
                position = end;
            }
        }
        if (position < toBytes) {
            throw new IllegalStateException(
                    "chunks end at %d of a span up to %d".formatted(position, toBytes));
        }
        return slices;
    }
}
