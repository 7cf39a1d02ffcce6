package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.WindowTooLargeException;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Collects samples, of which it is known where they are, from a span of a file that passes by, and
/// tells them in the order of decoding, as soon as all before have come. Cannot be saved.
public final class Mp4SpanParser implements StreamParser {

    /// Samples that came, but have to wait for others.
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private final IndexHeader header;

    /// Not told yet, in the order of decoding.
    private final Deque<Piece> untold = new ArrayDeque<>();

    /// Of which no byte has come, in the order of bytes.
    private final Deque<Piece> awaited;

    /// Of which some bytes have come.
    private final List<Piece> open = new ArrayList<>();

    private long position;
    private long waitingBytes;

    /// @param header from [Mp4IndexParser#header]
    /// @param excerpts of neighbouring windows, from [Mp4IndexParser#excerpt]
    /// @param position where the bytes begin
    public Mp4SpanParser(byte[] header, List<byte[]> excerpts, long position) {
        this.header = IndexHeader.of(header);
        this.position = position;
        for (IndexedSample sample : Excerpts.joined(excerpts)) {
            if (sample.startBytes() < position) {
                throw new IllegalArgumentException("A frame is before the span that it is in");
            }
            untold.add(new Piece(sample));
        }
        awaited =
                new ArrayDeque<>(
                        untold.stream()
                                .sorted(Comparator.comparingLong(one -> one.sample.startBytes()))
                                .toList());
    }

    /// A sample on its way in.
    private static final class Piece {

        private final IndexedSample sample;
        private byte[] payload = {};
        private int taken;

        Piece(IndexedSample sample) {
            this.sample = sample;
        }

        boolean isComplete() {
            return taken == sample.sizeBytes();
        }

        /// Takes what of it is in the bytes at `position`.
        void take(ByteBuffer bytes, long position) {
            int from = (int) (sample.startBytes() + taken - position);
            int count = Math.min(sample.sizeBytes() - taken, bytes.remaining() - from);
            bytes.get(bytes.position() + from, payload, taken, count);
            taken += count;
        }
    }

    @Override
    public void feed(ByteBuffer bytes, StreamSink sink) throws MediaException {
        long end = position + bytes.remaining();
        while (!awaited.isEmpty() && awaited.getFirst().sample.startBytes() < end) {
            open(awaited.removeFirst());
        }
        for (Iterator<Piece> pieces = open.iterator(); pieces.hasNext(); ) {
            Piece piece = pieces.next();
            piece.take(bytes, position);
            if (piece.isComplete()) {
                pieces.remove();
            }
        }
        bytes.position(bytes.limit());
        position = end;
        while (!untold.isEmpty() && untold.getFirst().isComplete()) {
            Piece piece = untold.removeFirst();
            waitingBytes -= piece.sample.sizeBytes();
            sink.block(block(piece));
        }
    }

    private void open(Piece piece) throws WindowTooLargeException {
        waitingBytes += piece.sample.sizeBytes();
        if (waitingBytes > MOST_WAITING_BYTES) {
            throw new WindowTooLargeException(
                    "The file's pictures and sound are too far apart, or too large.");
        }
        piece.payload = new byte[piece.sample.sizeBytes()];
        open.add(piece);
    }

    private static Block block(Piece piece) {
        IndexedSample sample = piece.sample;
        return new Block(
                sample.kind(),
                sample.startBytes(),
                sample.endBytes(),
                sample.ticks(),
                sample.keyframe(),
                false,
                sample.sizeBytes(),
                piece.payload);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Optional<Tracks> tracks() {
        return Optional.of(header.tracks());
    }

    /// What has not come is not in the span.
    @Override
    public void flush(StreamSink sink) {}

    @Override
    public void skipTo(long newPosition) {
        throw new IllegalStateException("A span has no holes");
    }

    @Override
    public void save(StateOutput out) {
        throw new IllegalStateException("A parser that collects payloads cannot be saved");
    }

    @Override
    public byte[] header() {
        return header.toByteArray();
    }

    @Override
    public byte[] place() {
        throw new IllegalStateException("A span is read once");
    }
}
