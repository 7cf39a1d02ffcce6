package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.codec.PictureHeads;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.Body;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads WebM and Matroska (RFC 9559) as they come from a recorder: one EBML header, a segment and
/// clusters that mostly do not know their size, no index. Known sizes are fine too, and so is a
/// second header right behind an open-ended segment, which begins another stream.
///
/// The header is read as a whole (it is small, or refused), the rest element by element; of blocks
/// only the first bytes are kept unless payloads are asked for.
public final class WebmParser implements StreamParser {

    /// Nothing but segments and clusters is larger in a recording that makes sense.
    private static final long MAX_ELEMENT_BYTES = 64L << 20;

    private static final long MAX_EBML_BYTES = 4096;

    /// Subtitles put whole style sheets into it.
    private static final long MAX_HEADER_BYTES = 256L << 10;

    private static final long NO_TIME = -1;

    /// Far beyond any clock, and far from overflowing when a block's time is added.
    private static final long MAX_CLUSTER_TIME = 1L << 60;

    private final boolean payloads;
    private final ElementHeader element = new ElementHeader();
    private long position;
    private long elementStart;
    private StreamHeader header = StreamHeader.EMPTY;
    private PictureHeads heads = PictureHeads.NONE;
    private Nesting nesting = new Nesting();
    private boolean ebmlSeen;
    private boolean clusterSeen;
    private long clusterTime = NO_TIME;
    private long groupStart;
    private boolean groupReferenced;
    private boolean scanning;
    private int scanned;
    private long scannedBytes;
    private int laced;
    private int deliveredOfLace;
    private @Nullable Body body;
    private @Nullable RawBlock groupBlock;

    /// @param payloads whether blocks carry their payloads; such a parser cannot be saved
    public WebmParser(boolean payloads) {
        this.payloads = payloads;
    }

    /// A parser that stands where [#place] was taken, and collects payloads.
    ///
    /// @param position the [Block#startBytes] of that place
    public static WebmParser resume(byte[] header, byte[] place, long position) {
        WebmParser parser = new WebmParser(true);
        StateInput in = new StateInput(place);
        parser.header = StreamHeader.restore(new StateInput(header));
        parser.nesting = Nesting.restoreCluster(in);
        parser.clusterTime = in.number();
        // Behind the frames of a block that is read again for those that come after them.
        parser.deliveredOfLace = in.isAtEnd() ? 0 : (int) in.number();
        parser.clusterSeen = true;
        parser.position = position;
        return parser;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public byte[] header() {
        StateOutput out = new StateOutput();
        header.save(out);
        return out.toByteArray();
    }

    @Override
    public byte[] place() {
        StateOutput out = new StateOutput();
        nesting.saveCluster(out);
        out.number(clusterTime);
        return (laced == 0 ? out : out.number(laced)).toByteArray();
    }

    @Override
    public Optional<Tracks> tracks() {
        return header.tracks();
    }

    @Override
    public void feed(ByteBuffer bytes, StreamSink sink) throws MediaException {
        while (bytes.hasRemaining()) {
            if (scanning) {
                scan(bytes.get());
            } else if (body != null) {
                position += body.take(bytes);
                keepLace(body);
                closeBody(body, sink);
            } else if (takeHeader(bytes.get())) {
                int id = element.id();
                long size = element.size();
                element.clear();
                open(id, size, sink);
            }
        }
    }

    /// Nothing is held back here.
    @Override
    public void flush(StreamSink sink) {}

    @Override
    public void skipTo(long newPosition) {
        if (header.tracks().isEmpty() || newPosition < position) {
            throw new IllegalStateException("Nothing can be read behind a hole at " + position);
        }
        position = newPosition;
        body = null;
        groupBlock = null;
        element.clear();
        scanning = true;
        scanned = 0;
        scannedBytes = 0;
    }

    /// Looks for the ID of a cluster, or of another stream's header. Coded pictures may hold the
    /// same four bytes by chance, once in some gigabytes; then what follows is found to be damaged.
    ///
    /// Chromium cuts its chunks one byte into an ID. So right behind a hole the other three do.
    private void scan(byte next) throws MalformedStreamException {
        position++;
        scanned = (scanned << 8) | (next & 0xFF);
        scannedBytes++;
        boolean cut = scannedBytes == Integer.BYTES - 1;
        if (found(Ids.CLUSTER, cut)) {
            nesting.rejoin();
            resume(Ids.CLUSTER);
        } else if (found(Ids.EBML, cut)) {
            nesting = new Nesting();
            resume(Ids.EBML);
        }
    }

    private boolean found(int id, boolean cut) {
        int known = cut ? 0xFFFFFF : -1;
        return (scanned & known) == (id & known);
    }

    private void resume(int id) throws MalformedStreamException {
        scanning = false;
        elementStart = position - Integer.BYTES;
        for (int shift = 24; shift >= 0; shift -= 8) {
            element.add((byte) (id >> shift), elementStart);
        }
    }

    private boolean takeHeader(byte next) throws MalformedStreamException {
        if (element.isEmpty()) {
            elementStart = position;
            if (next == 0 && nesting.level() == Nesting.Level.TOP) {
                // Chromium, stopped at once, leaves its first header and zeros.
                position++;
                return false;
            }
        }
        boolean complete = element.add(next, position);
        position++;
        return complete;
    }

    private void open(int id, long size, StreamSink sink) throws MediaException {
        while (nesting.isOpenEnded() && endsOpenEnded(id)) {
            nesting.leave();
        }
        long limit = nesting.limit();
        if (limit != Nesting.UNKNOWN && position + Math.max(size, 0) > limit) {
            throw MalformedStreamException.at(
                    elementStart, "an element is larger than the one around it");
        }
        switch (nesting.level()) {
            case TOP -> openAtTop(id, size, sink);
            case SEGMENT -> openInSegment(id, size, sink);
            case CLUSTER -> openInCluster(id, size, sink);
            case GROUP -> openInGroup(id, size, sink);
        }
    }

    private boolean endsOpenEnded(int id) {
        return id == Ids.EBML
                || (nesting.level() == Nesting.Level.CLUSTER && Ids.isSegmentChild(id));
    }

    private void openAtTop(int id, long size, StreamSink sink) throws MediaException {
        switch (id) {
            case Ids.EBML -> {
                // Whoever is told still wants the header of what came before.
                sink.began();
                header = StreamHeader.EMPTY;
                heads = PictureHeads.NONE;
                ebmlSeen = true;
                clusterSeen = false;
                openBody(id, size, MAX_EBML_BYTES, MAX_EBML_BYTES, sink);
            }
            case Ids.SEGMENT -> {
                if (!ebmlSeen) {
                    throw MalformedStreamException.at(
                            elementStart, "a stream begins without its header");
                }
                ebmlSeen = false;
                nesting.enterSegment(end(size));
                closeEnded(sink);
            }
            case Ids.VOID, Ids.CRC_32 -> openBody(Ids.VOID, size, 0, MAX_ELEMENT_BYTES, sink);
            default -> throw MalformedStreamException.at(elementStart, "no stream begins here");
        }
    }

    private void openInSegment(int id, long size, StreamSink sink) throws MediaException {
        if (id == Ids.CLUSTER) {
            if (!clusterSeen) {
                clusterSeen = true;
                sink.tracks(
                        header.tracks()
                                .orElseThrow(() ->
                                        MalformedStreamException.at(
                                                elementStart,
                                                "frames come before the list of tracks")));
            }
            nesting.enterCluster(end(size));
            clusterTime = NO_TIME;
            closeEnded(sink);
        } else if (!clusterSeen && (id == Ids.INFO || id == Ids.TRACKS)) {
            openBody(id, size, MAX_HEADER_BYTES, MAX_HEADER_BYTES, sink);
        } else {
            openBody(Ids.VOID, size, 0, MAX_ELEMENT_BYTES, sink);
        }
    }

    private void openInCluster(int id, long size, StreamSink sink) throws MediaException {
        switch (id) {
            case Ids.TIMESTAMP -> openBody(id, size, Long.BYTES, Long.BYTES, sink);
            case Ids.SIMPLE_BLOCK -> openBody(id, size, blockKeepBytes(), MAX_ELEMENT_BYTES, sink);
            case Ids.BLOCK_GROUP -> {
                if (size == ElementHeader.UNKNOWN_SIZE) {
                    throw MalformedStreamException.at(elementStart, "a frame has no size");
                }
                nesting.enterGroup(position + size);
                groupStart = elementStart;
                groupReferenced = false;
                groupBlock = null;
                closeEnded(sink);
            }
            default -> openBody(Ids.VOID, size, 0, MAX_ELEMENT_BYTES, sink);
        }
    }

    private void openInGroup(int id, long size, StreamSink sink) throws MediaException {
        groupReferenced |= id == Ids.REFERENCE_BLOCK;
        if (id == Ids.BLOCK && groupBlock == null) {
            openBody(id, size, blockKeepBytes(), MAX_ELEMENT_BYTES, sink);
        } else {
            openBody(Ids.VOID, size, 0, MAX_ELEMENT_BYTES, sink);
        }
    }

    private void openBody(int id, long size, long keep, long limit, StreamSink sink)
            throws MediaException {
        if (size == ElementHeader.UNKNOWN_SIZE || size > limit) {
            throw MalformedStreamException.at(elementStart, "an element has an impossible size");
        }
        Body opened = new Body(id, elementStart, size, keep);
        body = opened;
        closeBody(opened, sink);
    }

    /// Of a block that holds several frames its head does not tell enough.
    private void keepLace(Body open) throws MediaException {
        boolean isBlock = open.id() == Ids.SIMPLE_BLOCK || open.id() == Ids.BLOCK;
        if (isBlock && open.isAtRest()) {
            RawBlock block = RawBlock.read(open.kept(), open.sizeBytes(), open.startBytes());
            if (block.isWantedWhole(header.tracks().orElseThrow())) {
                open.keepRest();
            }
        }
    }

    private void closeBody(Body open, StreamSink sink) throws MediaException {
        if (!open.isComplete()) {
            return;
        }
        body = null;
        long start = open.startBytes();
        switch (open.id()) {
            case Ids.EBML -> checkDocType(open.kept(), start);
            case Ids.INFO -> header = header.withInfo(open.kept(), start);
            case Ids.TRACKS -> {
                header = header.with(TrackChoice.choose(open.kept(), start));
                heads = PictureHeads.of(header.tracks());
            }
            case Ids.TIMESTAMP -> clusterTime = clusterTime(open.kept(), start);
            case Ids.SIMPLE_BLOCK -> {
                RawBlock block = RawBlock.read(open.kept(), open.sizeBytes(), start);
                deliver(block, start, block.isKeyframe(), sink);
            }
            case Ids.BLOCK -> groupBlock = RawBlock.read(open.kept(), open.sizeBytes(), start);
            default -> {}
        }
        closeEnded(sink);
    }

    /// Leaves the elements that end right here.
    private void closeEnded(StreamSink sink) throws MediaException {
        while (nesting.limit() == position) {
            if (nesting.level() == Nesting.Level.GROUP && groupBlock != null) {
                RawBlock block = groupBlock;
                groupBlock = null;
                deliver(block, groupStart, !groupReferenced, sink);
            }
            nesting.leave();
        }
    }

    private void deliver(RawBlock block, long start, boolean keyframe, StreamSink sink)
            throws MediaException {
        if (clusterTime == NO_TIME) {
            throw MalformedStreamException.at(start, "a frame has no time");
        }
        Optional<Block.Kind> kind = block.kind(header.tracks().orElseThrow());
        if (kind.isPresent() && block.isLaced()) {
            deliverLaced(block, start, sink);
        } else if (kind.isPresent()) {
            long ticks = header.ticks(clusterTime + block.units(), start);
            boolean idr = !payloads && keyframe && heads.isIdr(block.payload());
            byte[] payload = payloads ? block.payload() : block.head();
            sink.block(
                    new Block(
                            kind.get(),
                            start,
                            position,
                            ticks,
                            keyframe,
                            idr,
                            block.sizeBytes(),
                            payload));
        }
    }

    /// The time of a block is that of its first packet; the others follow each other.
    private void deliverLaced(RawBlock block, long start, StreamSink sink) throws MediaException {
        SoundCoding coding = SoundCoding.of(header.tracks().orElseThrow().audio().orElseThrow());
        long ticks = header.ticks(clusterTime + block.units(), start);
        int from = deliveredOfLace;
        deliveredOfLace = 0;
        long samples = 0;
        int number = 0;
        for (byte[] packet : block.frames(start)) {
            if (packet.length > 0 && number >= from) {
                laced = number;
                sink.block(
                        new Block(
                                Block.Kind.SOUND,
                                start,
                                position,
                                ticks + coding.toTicks(samples),
                                true,
                                false,
                                packet.length,
                                payloads ? packet : RawBlock.head(packet)));
            }
            samples += coding.samples(packet, packet.length);
            number++;
        }
        laced = 0;
    }

    private long blockKeepBytes() {
        return payloads ? MAX_ELEMENT_BYTES : RawBlock.headBytes(heads);
    }

    private long end(long size) {
        return size == ElementHeader.UNKNOWN_SIZE ? Nesting.UNKNOWN : position + size;
    }

    private static long clusterTime(byte[] bytes, long start) throws MalformedStreamException {
        long time = Elements.number(bytes, start);
        if (time > MAX_CLUSTER_TIME) {
            throw MalformedStreamException.at(start, "a time is too large");
        }
        return time;
    }

    private static void checkDocType(byte[] bytes, long start) throws MediaException {
        Elements elements = new Elements(bytes, start);
        String docType = "";
        while (elements.next()) {
            docType = elements.id() == Ids.DOC_TYPE ? elements.text() : docType;
        }
        if (!docType.equals("webm") && !docType.equals("matroska")) {
            throw new UnsupportedMediaException(
                    "These bytes look like WebM, but say that they are something else. Send a WebM or Matroska recording.");
        }
    }

    @Override
    public void save(StateOutput out) {
        if (payloads) {
            throw new IllegalStateException("A parser that collects payloads cannot be saved");
        }
        out.number(position).number(elementStart).bytes(element.toByteArray());
        header.save(out);
        nesting.save(out);
        out.flag(ebmlSeen).flag(clusterSeen).number(clusterTime);
        out.number(groupStart)
                .flag(groupReferenced)
                .flag(scanning)
                .number(scanned)
                .number(scannedBytes);
        out.flag(body != null);
        if (body != null) {
            body.save(out);
        }
        out.flag(groupBlock != null);
        if (groupBlock != null) {
            groupBlock.save(out);
        }
    }

    public static WebmParser restore(StateInput in) {
        WebmParser parser = new WebmParser(false);
        parser.position = in.number();
        parser.elementStart = in.number();
        parser.element.fill(in.bytes());
        parser.header = StreamHeader.restore(in);
        parser.heads = PictureHeads.of(parser.header.tracks());
        parser.nesting = Nesting.restore(in);
        parser.ebmlSeen = in.flag();
        parser.clusterSeen = in.flag();
        parser.clusterTime = in.number();
        parser.groupStart = in.number();
        parser.groupReferenced = in.flag();
        parser.scanning = in.flag();
        parser.scanned = (int) in.number();
        parser.scannedBytes = in.number();
        parser.body = in.flag() ? Body.restore(in) : null;
        parser.groupBlock = in.flag() ? RawBlock.restore(in) : null;
        return parser;
    }
}
