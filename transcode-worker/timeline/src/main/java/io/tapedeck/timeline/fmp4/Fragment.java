package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.codec.PictureHeads;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fragment that is passing by: one table (`moof`), or several in a row, and the data behind
/// (`mdat`). Tables say where each sample is; what the data do not reach is lost.
///
/// Without payloads, its samples are delivered when the last one has come, in the order of time: a
/// fragment holds seconds of one track before the other's first sample, and whoever plans could not
/// tell that from a track that is silent. With payloads they are delivered one by one as they come,
/// so that no more than one is in memory.
final class Fragment {

    /// In a row; each is compared with what the ones before it say.
    private static final int MAX_TABLES = 16;

    private static final byte[] NOTHING = {};

    /// What is kept of an IDR picture; of others it is nothing.
    private static final byte[] IDR = {1};

    private final long startBytes;
    private final DecodeTimes timesBefore;
    private final boolean payloads;
    private final int firstRank;
    private final PictureHeads pictureHeads;
    private final int soundHeadBytes;
    private final List<Sample> listed = new ArrayList<>();
    private int tables;
    private @Nullable SampleOrder order;
    private int next;
    private int taken;
    private final List<byte @Nullable []> heads = new ArrayList<>();
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int delivering;

    /// @param startBytes where its first table begins in the run
    /// @param timesBefore decode times at that place
    /// @param firstRank how many samples, in the order of time, are not wanted
    Fragment(
            long startBytes,
            DecodeTimes timesBefore,
            boolean payloads,
            int firstRank,
            Optional<Tracks> tracks) {
        this.startBytes = startBytes;
        this.timesBefore = timesBefore;
        this.payloads = payloads;
        this.firstRank = firstRank;
        this.pictureHeads = PictureHeads.of(tracks);
        this.soundHeadBytes =
                tracks.flatMap(Tracks::audio).map(audio -> audio.codec().headBytes()).orElse(0);
    }

    int size() {
        return listed.size();
    }

    /// Takes what the next table says. WebKit's last table comes twice, each time with places that
    /// count from itself: where tables claim the same bytes, the one nearer to them is right.
    void add(List<Sample> samples) throws MalformedStreamException {
        tables++;
        if (tables > MAX_TABLES) {
            throw MalformedStreamException.at(startBytes, "tables of frames come without frames");
        }
        if (!listed.isEmpty() && SampleOrder.claimTheSame(together(samples))) {
            listed.clear();
        }
        listed.addAll(samples);
    }

    private List<Sample> together(List<Sample> samples) {
        List<Sample> all = new ArrayList<>(listed);
        all.addAll(samples);
        return all;
    }

    /// Takes note that the data begin: no more tables follow, and what lies before never comes.
    void seal(long dataStart) throws MalformedStreamException {
        if (order == null) {
            listed.removeIf(sample -> sample.startBytes() < dataStart);
            order = SampleOrder.of(listed, startBytes);
        }
    }

    boolean isSealed() {
        return order != null;
    }

    /// Whether all its samples have come or can come no more.
    boolean isOver() {
        return order != null && next == order.byBytes().size();
    }

    /// Takes data. Only for a sealed one that is not over.
    ///
    /// @param position where `bytes` are in the run
    /// @param end where the data end
    /// @return how many bytes were taken; at least 1 unless it is over then
    int take(ByteBuffer bytes, long position, long end, StreamSink sink) throws MediaException {
        int before = bytes.remaining();
        long at = position;
        while (bytes.hasRemaining() && at < end && !isOver()) {
            Sample sample = current();
            if (at > sample.startBytes() + taken) {
                lose();
                continue;
            }
            boolean inside = at >= sample.startBytes();
            long until = Math.min(end, inside ? sample.endBytes() : sample.startBytes());
            int count = (int) Math.min(until - at, bytes.remaining());
            if (inside) {
                keep(bytes, count, sample);
            }
            bytes.position(bytes.position() + (inside ? 0 : count));
            at += count;
            if (at == sample.endBytes()) {
                complete(sample, sink);
            }
        }
        return before - bytes.remaining();
    }

    /// Tells what has come of it, unless that was done on the way.
    void deliver(StreamSink sink) throws MediaException {
        if (order == null || payloads) {
            return;
        }
        for (int rank = 0; rank < order.byTime().length; rank++) {
            int place = order.byTime()[rank];
            byte[] head = place < heads.size() ? heads.get(place) : null;
            if (head != null) {
                delivering = rank;
                sink.block(block(order.byBytes().get(place), head));
            }
        }
    }

    /// Which sample is just being delivered, in the order of time.
    int rank() {
        return delivering;
    }

    /// Decode times before its first table.
    DecodeTimes timesBefore() {
        return timesBefore;
    }

    private Sample current() {
        return sealed().byBytes().get(next);
    }

    private SampleOrder sealed() {
        if (order == null) {
            throw new IllegalStateException("The fragment's data have not begun");
        }
        return order;
    }

    private void lose() {
        heads.add(null);
        advance();
    }

    private void advance() {
        next++;
        taken = 0;
        kept = new ByteArrayOutputStream();
    }

    private void keep(ByteBuffer bytes, int count, Sample sample) {
        int wanted = Math.clamp((long) wantedBytes(sample) - kept.size(), 0, count);
        byte[] piece = new byte[wanted];
        bytes.get(piece);
        kept.writeBytes(piece);
        bytes.position(bytes.position() + count - wanted);
        taken += count;
    }

    private int wantedBytes(Sample sample) {
        if (payloads) {
            return sealed().ranks()[next] >= firstRank ? sample.sizeBytes() : 0;
        }
        return switch (sample.kind()) {
            case SOUND -> soundHeadBytes;
            case PICTURE -> sample.keyframe() ? pictureHeads.bytes() : 0;
        };
    }

    private void complete(Sample sample, StreamSink sink) throws MediaException {
        byte[] payload = kept.size() == 0 ? NOTHING : kept.toByteArray();
        boolean wanted = payloads && sealed().ranks()[next] >= firstRank;
        heads.add(payloads ? null : head(sample, payload));
        advance();
        if (wanted) {
            sink.block(block(sample, payload));
        }
    }

    private byte[] head(Sample sample, byte[] payload) {
        if (sample.kind() == Block.Kind.SOUND) {
            return payload;
        }
        return pictureHeads.isIdr(payload) ? IDR : NOTHING;
    }

    private Block block(Sample sample, byte[] payload) {
        boolean head = !payloads && sample.kind() == Block.Kind.PICTURE;
        return new Block(
                sample.kind(),
                startBytes,
                sample.endBytes(),
                sample.ticks(),
                sample.keyframe(),
                head && payload.length > 0,
                sample.sizeBytes(),
                head ? NOTHING : payload);
    }

    void save(StateOutput out) {
        out.number(startBytes);
        timesBefore.save(out);
        out.number(tables);
        SampleState.save(order == null ? listed : order.byBytes(), startBytes, out);
        out.flag(order != null);
        if (order != null) {
            out.number(next).number(taken).bytes(kept.toByteArray());
            for (byte[] head : heads) {
                out.flag(head != null);
                if (head != null) {
                    out.bytes(head);
                }
            }
        }
    }

    /// One without payloads.
    static Fragment restore(StateInput in, Optional<Tracks> tracks) {
        long startBytes = in.number();
        Fragment fragment = new Fragment(startBytes, DecodeTimes.restore(in), false, 0, tracks);
        fragment.tables = in.small(MAX_TABLES);
        fragment.listed.addAll(SampleState.restore(startBytes, in));
        if (in.flag()) {
            try {
                fragment.seal(0);
            } catch (MalformedStreamException e) {
                throw new IllegalArgumentException("Saved state is broken", e);
            }
            fragment.next = in.small(fragment.size());
            fragment.taken = in.small(Integer.MAX_VALUE);
            fragment.kept.writeBytes(in.bytes());
            for (int i = 0; i < fragment.next; i++) {
                fragment.heads.add(in.flag() ? in.bytes() : null);
            }
        }
        return fragment;
    }
}
