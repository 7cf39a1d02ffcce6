package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.stream.StateOutput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Writes the list of samples as [Mp4IndexParser] reads it: pieces with their length in four bytes,
/// the header first. Each piece of samples stands alone.
final class IndexWriter {

    /// More frames than a recorder makes in a day.
    private static final int MOST_BYTES = 48 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private final List<IndexedSample> piece = new ArrayList<>();

    IndexWriter(IndexHeader header) {
        add(header.toByteArray());
    }

    void add(IndexedSample sample) throws NotIndexableException {
        piece.add(sample);
        if (piece.size() == Mp4IndexParser.PIECE_SAMPLES) {
            flush();
        }
    }

    byte[] toByteArray() throws NotIndexableException {
        flush();
        return out.toByteArray();
    }

    private void flush() throws NotIndexableException {
        if (!piece.isEmpty()) {
            StateOutput samples = new StateOutput();
            IndexedSample.save(piece, samples);
            add(samples.toByteArray());
            piece.clear();
        }
        if (out.size() > MOST_BYTES) {
            throw new NotIndexableException("too many frames");
        }
    }

    private void add(byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }
}
