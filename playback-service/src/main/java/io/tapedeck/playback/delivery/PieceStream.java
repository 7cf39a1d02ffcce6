package io.tapedeck.playback.delivery;

import io.tapedeck.chassis.objects.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stored pieces one after the other. Each is opened when the one before it is used up, so one
/// connection to the store is held at a time. For one thread.
final class PieceStream extends InputStream {

    private final ObjectStore store;
    private final Iterator<StoredPiece> rest;
    private @Nullable InputStream current;
    private long currentLeftBytes;

    PieceStream(ObjectStore store, List<StoredPiece> pieces) {
        this.store = store;
        this.rest = pieces.iterator();
    }

    /// Opens the first piece now, so that a store that is away is noticed before anything is said
    /// to the client.
    static PieceStream open(ObjectStore store, List<StoredPiece> pieces) throws IOException {
        var stream = new PieceStream(store, pieces);
        stream.advance();
        return stream;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (currentLeftBytes == 0 && !advance()) {
            return -1;
        }
        InputStream piece = Objects.requireNonNull(current);
        int read = piece.read(buffer, offset, (int) Math.min(length, currentLeftBytes));
        if (read < 0) {
            throw new EOFException("a stored object is shorter than its row says");
        }
        currentLeftBytes -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
        currentLeftBytes = 0;
    }

    private boolean advance() throws IOException {
        close();
        if (!rest.hasNext()) {
            return false;
        }
        StoredPiece piece = rest.next();
        current = store.open(piece.objectKey(), piece.offsetBytes(), piece.lengthBytes());
        currentLeftBytes = piece.lengthBytes();
        return true;
    }
}
