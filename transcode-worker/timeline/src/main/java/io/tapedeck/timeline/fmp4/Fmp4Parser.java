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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads fragmented MP4 as it comes from a recorder: a header (`ftyp`, `moov`), then fragments
/// (`moof`, `mdat`). Every other box is passed over by its size.
///
/// A header may come again: where it is the same and time goes on it says nothing, otherwise
/// another stream begins with the fragment behind it. Tables are read as a whole (they are small,
/// or refused), data pass by.
public final class Fmp4Parser implements StreamParser {

    private static final long MAX_HEADER_BYTES = 1L << 20;
    private static final long MAX_TABLE_BYTES = 512L << 10;
    private static final long NOWHERE = Long.MAX_VALUE;
    private static final long NONE = -1;

    private final boolean payloads;
    private final BoxHeader box = new BoxHeader();
    private long position;
    private long boxStart;
    private @Nullable MovieHeader header;
    private @Nullable MovieHeader nextHeader;
    private boolean started;
    private long streamStart;

    /// Where the header that comes or came last begins, [#NONE] while fragments come.
    private long headerStart = NONE;

    private DecodeTimes times = DecodeTimes.start();
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
        parser.header = MovieHeader.restore(new StateInput(header));
        parser.started = true;
        parser.streamStart = in.number();
        parser.firstRank = in.small(FragmentReader.MAX_SAMPLES);
        parser.times = DecodeTimes.restore(in);
        parser.position = position;
        return parser;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Optional<Tracks> tracks() {
        return Optional.ofNullable(header == null ? nextHeader : header).map(MovieHeader::tracks);
    }

    @Override
    public byte[] header() {
        return present(header).toByteArray();
    }

    @Override
    public byte[] place() {
        StateOutput out = new StateOutput().number(streamStart);
        present(fragment).savePlace(out);
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
        if (!started || newPosition < position) {
            throw new IllegalStateException("Nothing can be read behind a hole at " + position);
        }
        position = newPosition;
        body = null;
        fragment = null;
        dataEnd = NONE;
        box.clear();
        scan = new TableScan();
    }

    /// Looks for the beginning of a table.
    private void scan(TableScan open, byte next) throws MediaException {
        position++;
        if (open.found(next)) {
            scan = null;
            boxStart = position - TableScan.BYTES;
            Body table = new Body(BoxType.MOOF, boxStart, open.bodyBytes(), open.bodyBytes());
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
                headerStart = headerStart == NONE ? boxStart : headerStart;
                skip(size, sink);
            }
            case BoxType.MOOV -> {
                headerStart = headerStart == NONE ? boxStart : headerStart;
                if (size > MAX_HEADER_BYTES) {
                    throw MovieReader.notFragmented();
                }
                keep(type, size, MAX_HEADER_BYTES, sink);
            }
            case BoxType.MOOF -> {
                if (fragment != null && fragment.isSealed()) {
                    flush(sink);
                }
                keep(type, size, MAX_TABLE_BYTES, sink);
            }
            case BoxType.MDAT -> openData(size, sink);
            default -> skip(size, sink);
        }
    }

    private void openData(long size, StreamSink sink) throws MediaException {
        if (header == null && nextHeader == null) {
            throw MovieReader.notFragmented();
        }
        dataEnd = end(size);
        if (fragment != null) {
            fragment.seal();
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
            case BoxType.MOOV -> nextHeader = MovieReader.read(open.kept(), open.startBytes());
            case BoxType.MOOF -> readTable(open.kept(), open.startBytes(), sink);
            default -> {}
        }
    }

    private void readTable(byte[] moof, long start, StreamSink sink) throws MediaException {
        MovieHeader announced = nextHeader;
        nextHeader = null;
        if (announced != null && !continues(announced, moof, start)) {
            begin(announced, sink);
        }
        if (header == null) {
            throw MalformedStreamException.at(start, "a fragment comes before the list of tracks");
        }
        headerStart = NONE;
        Fragment open = fragment;
        if (open == null) {
            open = new Fragment(start, times.copy(), payloads, firstRank);
            firstRank = 0;
            fragment = open;
        }
        int room = FragmentReader.MAX_SAMPLES - open.size();
        open.add(new FragmentReader(header, times, streamStart, start, room).read(moof));
    }

    private void begin(MovieHeader announced, StreamSink sink) throws MediaException {
        // Tables without data belong to what ends here.
        fragment = null;
        sink.began();
        header = announced;
        streamStart = headerStart;
        times = DecodeTimes.start();
        started = true;
        sink.tracks(announced.tracks());
    }

    /// Whether a header that came again changes nothing, so that the present stream goes on.
    private boolean continues(MovieHeader announced, byte[] moof, long start)
            throws MediaException {
        MovieHeader present = header;
        if (present == null || !present.isSameAs(announced)) {
            return false;
        }
        List<Sample> first =
                new FragmentReader(
                                present,
                                times.copy(),
                                streamStart,
                                start,
                                FragmentReader.MAX_SAMPLES)
                        .read(moof);
        for (Timing timing : present.timings()) {
            long last = times.last(timing.kind());
            long lastTicks = timing.ticks(Math.max(last, 0), start);
            boolean back =
                    first.stream()
                            .filter(sample -> sample.kind() == timing.kind())
                            .anyMatch(sample -> sample.decodeTicks() < lastTicks);
            if (last != DecodeTimes.NONE && back) {
                return false;
            }
        }
        return true;
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

    private static <T> T present(@Nullable T known) {
        if (known == null) {
            throw new IllegalStateException("Nothing has come yet");
        }
        return known;
    }

    @Override
    public void save(StateOutput out) {
        if (payloads) {
            throw new IllegalStateException("A parser that collects payloads cannot be saved");
        }
        out.number(position).number(boxStart).bytes(box.toByteArray());
        out.number(streamStart).number(headerStart).number(dataEnd).flag(started);
        times.save(out);
        out.flag(header != null);
        if (header != null) {
            header.save(out);
        }
        out.flag(nextHeader != null);
        if (nextHeader != null) {
            nextHeader.save(out);
        }
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
        parser.streamStart = in.number();
        parser.headerStart = in.number();
        parser.dataEnd = in.number();
        parser.started = in.flag();
        parser.times = DecodeTimes.restore(in);
        parser.header = in.flag() ? MovieHeader.restore(in) : null;
        parser.nextHeader = in.flag() ? MovieHeader.restore(in) : null;
        parser.fragment = in.flag() ? Fragment.restore(in) : null;
        parser.body = in.flag() ? Body.restore(in) : null;
        parser.scan = in.flag() ? TableScan.restore(in) : null;
        return parser;
    }
}
