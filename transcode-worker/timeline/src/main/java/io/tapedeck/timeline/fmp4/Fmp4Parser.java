package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.Body;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads fragmented MP4 as it comes from a recorder: a header (`ftyp`, `moov`), then fragments
/// (`moof`, `mdat`). Every other box is passed over by its size.
///
/// Headers and tables are read as a whole (they are small, or refused), data pass by.
public final class Fmp4Parser implements StreamParser {

    private static final long MAX_HEADER_BYTES = 1L << 20;
    private static final long NOWHERE = Long.MAX_VALUE;
    private static final long NONE = -1;

    private final boolean payloads;
    private final BoxHeader box = new BoxHeader();
    private long position;
    private long boxStart;
    private PresentStream stream = new PresentStream();
    private @Nullable Fragment fragment;

    /// How many samples of the next fragment are not wanted.
    private int firstRank;

    private @Nullable Body body;

    /// Where the data end that are passing by, [#NONE] outside of data.
    private long dataEnd = NONE;

    private @Nullable TableScan scan;

    /// @param payloads whether blocks carry their payloads; such a parser cannot be saved
    public Fmp4Parser(boolean payloads) {
        this.payloads = payloads;
    }

    /// A parser that stands where [#place] was taken, and collects payloads.
    ///
    /// @param position the [io.tapedeck.timeline.stream.Block#startBytes] of that place
    public static Fmp4Parser resume(byte[] header, byte[] place, long position) {
        Fmp4Parser parser = new Fmp4Parser(true);
        StateInput in = new StateInput(place);
        parser.firstRank = in.small(FragmentReader.MAX_SAMPLES);
        parser.stream = PresentStream.resume(header, in);
        parser.position = position;
        return parser;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Optional<Tracks> tracks() {
        return stream.tracks();
    }

    @Override
    public byte[] header() {
        return stream.header().toByteArray();
    }

    @Override
    public byte[] place() {
        if (fragment == null) {
            throw new IllegalStateException("Nothing is being delivered");
        }
        StateOutput out = new StateOutput().number(fragment.rank());
        stream.saveFor(fragment.timesBefore(), out);
        return out.toByteArray();
    }

    @Override
    public void feed(ByteBuffer bytes, StreamSink sink) throws MediaException {
        while (bytes.hasRemaining()) {
            if (scan != null) {
                scan(scan, bytes.get());
            } else if (body != null) {
                position += body.take(bytes);
                closeBody(body, sink);
            } else if (dataEnd != NONE) {
                takeData(bytes, sink);
            } else if (takeHeader(bytes.get())) {
                int type = box.type();
                long size = box.bodyBytes();
                box.clear();
                open(type, size, sink);
            }
        }
    }

    @Override
    public void flush(StreamSink sink) throws MediaException {
        if (fragment != null) {
            fragment.deliver(sink);
            fragment = null;
        }
    }

    @Override
    public void skipTo(long newPosition) {
        if (stream.tracks().isEmpty() || newPosition < position) {
            throw new IllegalStateException("Nothing can be read behind a hole at " + position);
        }
        position = newPosition;
        body = null;
        fragment = null;
        dataEnd = NONE;
        box.clear();
        scan = new TableScan();
    }

    /// Looks for the beginning of a table, or of another stream's header.
    private void scan(TableScan open, byte next) {
        position++;
        if (open.found(next)) {
            scan = null;
            boxStart = position - TableScan.BYTES;
            if (open.type() == BoxType.MOOV) {
                stream.headerBegins(boxStart);
            }
            Body table = new Body(open.type(), boxStart, open.bodyBytes(), open.bodyBytes());
            table.take(ByteBuffer.wrap(open.bodyStart()));
            body = table;
        }
    }

    private boolean takeHeader(byte next) throws MalformedStreamException {
        if (box.isEmpty()) {
            boxStart = position;
        }
        boolean complete = box.add(next, position);
        position++;
        return complete;
    }

    private void open(int type, long size, StreamSink sink) throws MediaException {
        switch (type) {
            case BoxType.FTYP -> {
                stream.headerBegins(boxStart);
                skip(size, sink);
            }
            case BoxType.MOOV -> {
                stream.headerBegins(boxStart);
                if (size > MAX_HEADER_BYTES) {
                    throw MovieReader.notFragmented();
                }
                keep(type, size, MAX_HEADER_BYTES, sink);
            }
            case BoxType.MOOF -> {
                if (fragment != null && fragment.isSealed()) {
                    flush(sink);
                }
                keep(type, size, TableScan.MAX_BYTES, sink);
            }
            case BoxType.MDAT -> openData(size, sink);
            default -> skip(size, sink);
        }
    }

    private void openData(long size, StreamSink sink) throws MediaException {
        if (stream.tracks().isEmpty()) {
            throw MovieReader.notFragmented();
        }
        dataEnd = end(size);
        if (fragment != null) {
            fragment.seal(position);
        }
        closeData(sink);
    }

    private void skip(long size, StreamSink sink) throws MediaException {
        openBody(new Body(BoxType.SKIPPED, boxStart, end(size) - position, 0), sink);
    }

    private void keep(int type, long size, long limit, StreamSink sink) throws MediaException {
        if (size == BoxHeader.TO_THE_END || size > limit) {
            throw MalformedStreamException.at(boxStart, "a box has an impossible size");
        }
        openBody(new Body(type, boxStart, size, size), sink);
    }

    private void openBody(Body opened, StreamSink sink) throws MediaException {
        body = opened;
        closeBody(opened, sink);
    }

    private void closeBody(Body open, StreamSink sink) throws MediaException {
        if (!open.isComplete()) {
            return;
        }
        body = null;
        switch (open.id()) {
            case BoxType.MOOV -> stream.announce(MovieReader.read(open.kept(), open.startBytes()));
            case BoxType.MOOF -> readTable(open.kept(), open.startBytes(), sink);
            default -> {}
        }
    }

    private void readTable(byte[] moof, long start, StreamSink sink) throws MediaException {
        if (stream.endsBefore(moof, start)) {
            // Tables without data belong to what ends here. Whoever is told still wants its header.
            fragment = null;
            sink.began();
            stream.begin();
            sink.tracks(stream.header().tracks());
        }
        stream.fragmentBegins();
        Fragment open = fragment;
        if (open == null) {
            open = new Fragment(start, stream.times(), payloads, firstRank, stream.tracks());
            firstRank = 0;
            fragment = open;
        }
        open.add(stream.read(moof, start, FragmentReader.MAX_SAMPLES - open.size()));
    }

    private void takeData(ByteBuffer bytes, StreamSink sink) throws MediaException {
        if (fragment == null) {
            int passed = (int) Math.min(dataEnd - position, bytes.remaining());
            bytes.position(bytes.position() + passed);
            position += passed;
        } else {
            position += fragment.take(bytes, position, dataEnd, sink);
        }
        closeData(sink);
    }

    private void closeData(StreamSink sink) throws MediaException {
        if (fragment != null && fragment.isOver()) {
            flush(sink);
        }
        if (position == dataEnd) {
            dataEnd = NONE;
        }
    }

    private long end(long size) {
        return size == BoxHeader.TO_THE_END ? NOWHERE : position + size;
    }

    @Override
    public void save(StateOutput out) {
        if (payloads) {
            throw new IllegalStateException("A parser that collects payloads cannot be saved");
        }
        out.number(position).number(boxStart).bytes(box.toByteArray());
        out.number(dataEnd);
        stream.save(out);
        out.flag(fragment != null);
        if (fragment != null) {
            fragment.save(out);
        }
        out.flag(body != null);
        if (body != null) {
            body.save(out);
        }
        out.flag(scan != null);
        if (scan != null) {
            scan.save(out);
        }
    }

    public static Fmp4Parser restore(StateInput in) {
        Fmp4Parser parser = new Fmp4Parser(false);
        parser.position = in.number();
        parser.boxStart = in.number();
        parser.box.fill(in.bytes());
        parser.dataEnd = in.number();
        parser.stream = PresentStream.restore(in);
        parser.fragment = in.flag() ? Fragment.restore(in, parser.stream.tracks()) : null;
        parser.body = in.flag() ? Body.restore(in) : null;
        parser.scan = in.flag() ? TableScan.restore(in) : null;
        return parser;
    }
}
