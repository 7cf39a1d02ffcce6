package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.Excerpt;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.stream.StreamSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the list of samples that was made of a file's index, as a stream that planning takes for
/// the file itself: its blocks are where the file has them. Nobody but this house writes such
/// lists; whoever feeds one vouches for it.
public final class Mp4IndexParser implements StreamParser {

    static final int PIECE_SAMPLES = 256;
    private static final int MOST_PIECE_BYTES = 64 << 10;
    private static final byte[] NOTHING = {};

    private long position;
    private boolean lost;
    private final ByteArrayOutputStream length = new ByteArrayOutputStream(Integer.BYTES);
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private int pieceBytes;
    private @Nullable IndexHeader header;

    /// From the oldest place that may be asked for up to the present one.
    private final List<IndexedSample> recent = new ArrayList<>();

    /// Number of the next sample.
    private long next;

    @Override
    public long position() {
        return position;
    }

    @Override
    public Optional<Tracks> tracks() {
        return Optional.ofNullable(header).map(IndexHeader::tracks);
    }

    @Override
    public void feed(ByteBuffer bytes, StreamSink sink) throws MediaException {
        if (lost) {
            position += bytes.remaining();
            bytes.position(bytes.limit());
        }
        while (bytes.hasRemaining()) {
            if (length.size() < Integer.BYTES) {
                takeLength(bytes.get());
            } else {
                take(bytes);
            }
            if (length.size() == Integer.BYTES && piece.size() == pieceBytes) {
                byte[] whole = piece.toByteArray();
                length.reset();
                piece.reset();
                open(whole, sink);
            }
        }
    }

    private void takeLength(byte one) throws MalformedStreamException {
        length.write(one);
        position++;
        if (length.size() == Integer.BYTES) {
            pieceBytes = ByteBuffer.wrap(length.toByteArray()).getInt();
            if (pieceBytes < 0 || pieceBytes > MOST_PIECE_BYTES) {
                throw broken();
            }
        }
    }

    private void take(ByteBuffer bytes) {
        byte[] some = new byte[Math.min(bytes.remaining(), pieceBytes - piece.size())];
        bytes.get(some);
        piece.writeBytes(some);
        position += some.length;
    }

    private void open(byte[] whole, StreamSink sink) throws MediaException {
        IndexHeader known = header;
        if (known == null) {
            IndexHeader first = read(() -> IndexHeader.of(whole));
            header = first;
            sink.began();
            sink.tracks(first.tracks());
            return;
        }
        List<IndexedSample> samples =
                read(() -> IndexedSample.restore(new StateInput(whole), PIECE_SAMPLES));
        for (IndexedSample sample : samples) {
            if (recent.size() == Excerpts.MOST_SAMPLES) {
                throw new MalformedStreamException(
                        sample.startBytes(), "The recording's keyframes are too far apart.");
            }
            recent.add(sample);
            next++;
            sink.block(block(sample, known));
        }
    }

    private interface Reading<T> {

        T read();
    }

    private <T> T read(Reading<T> reading) throws MalformedStreamException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw broken();
        }
    }

    private MalformedStreamException broken() {
        return MalformedStreamException.at(position, "the list of its frames makes no sense");
    }

    private static Block block(IndexedSample sample, IndexHeader header) {
        return new Block(
                sample.kind(),
                sample.startBytes(),
                sample.endBytes(),
                sample.ticks(),
                sample.keyframe(),
                sample.isPicture() && sample.keyframe() && header.idr(),
                sample.sizeBytes(),
                sample.isPicture() ? NOTHING : header.soundHead());
    }

    /// Nothing is held back here.
    @Override
    public void flush(StreamSink sink) {}

    /// Of a list with a hole nothing more can be read.
    @Override
    public void skipTo(long newPosition) {
        if (header == null) {
            throw new IllegalStateException("Nothing can be read behind a hole at " + position);
        }
        lost = true;
    }

    @Override
    public byte[] header() {
        if (header == null) {
            throw new IllegalStateException("No stream has begun");
        }
        return header.toByteArray();
    }

    @Override
    public byte[] place() {
        return new StateOutput().number(next - 1).toByteArray();
    }

    @Override
    public Optional<Excerpt> excerpt(byte[] place) {
        long number = new StateInput(place).number();
        int first = (int) Math.max(0, number - firstRecent());
        List<IndexedSample> samples = recent.subList(first, recent.size());
        long from = samples.stream().mapToLong(IndexedSample::startBytes).min().orElse(0);
        long to = samples.stream().mapToLong(IndexedSample::endBytes).max().orElse(0);
        return Optional.of(new Excerpt(from, to, Excerpts.of(firstRecent() + first, samples)));
    }

    @Override
    public void forgetBefore(byte[] place) {
        long number = new StateInput(place).number();
        int count = (int) Math.clamp(number - firstRecent(), 0, recent.size());
        recent.subList(0, count).clear();
    }

    private long firstRecent() {
        return next - recent.size();
    }

    @Override
    public void save(StateOutput out) {
        out.number(position).flag(lost).bytes(length.toByteArray()).bytes(piece.toByteArray());
        out.number(pieceBytes).flag(header != null);
        if (header != null) {
            out.bytes(header.toByteArray());
        }
        out.number(next);
        IndexedSample.save(recent, out);
    }

    public static Mp4IndexParser restore(StateInput in) {
        Mp4IndexParser parser = new Mp4IndexParser();
        parser.position = in.number();
        parser.lost = in.flag();
        parser.length.writeBytes(in.bytes());
        parser.piece.writeBytes(in.bytes());
        parser.pieceBytes = in.small(MOST_PIECE_BYTES);
        parser.header = in.flag() ? IndexHeader.of(in.bytes()) : null;
        parser.next = in.number();
        parser.recent.addAll(IndexedSample.restore(in, Excerpts.MOST_SAMPLES));
        return parser;
    }
}
