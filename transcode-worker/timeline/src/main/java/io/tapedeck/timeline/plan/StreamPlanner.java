package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.clock.AudioClock;
import io.tapedeck.timeline.clock.PictureClock;
import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Plans the windows of one stream: the bytes between two headers, usually the whole run.
final class StreamPlanner {

    /// How far one track may be ahead before a window is closed without the other: a camera that is
    /// covered or a microphone that is muted must not stop the recording.
    private static final long PATIENCE_TICKS = 2 * Ticks.PER_SECOND;

    /// Media time between checkpoints that nothing asked for; more would mean to read more in vain.
    private static final long CHECKPOINT_DISTANCE_TICKS = Ticks.PER_SECOND / 4;

    private static final long DEFAULT_PICTURE_TICKS = Ticks.PER_SECOND / 30;

    /// A last picture is not shown longer than this, however far apart the ones before it were.
    private static final long MAX_LAST_PICTURE_TICKS = Ticks.PER_SECOND;

    private final StreamParser parser;
    private final StreamFormat format;
    private final Tracks tracks;
    private final FramePlacer placer;
    private final SoundCoding coding;
    private final Checkpoints checkpoints;
    private final Needs needs;
    private final SourceCut source;
    private long blocks;
    private long frontTicks;
    private long checkpointedTicks;
    private long lastDistanceTicks;
    private boolean undecodable;

    /// Is told what is known here; the planner adds what only it knows. Times are the stream's.
    interface Sink {

        /// The first frame has come.
        ///
        /// @param containerTicks what the container's clock says where the stream's is 0
        void begins(long containerTicks);

        /// There were pictures before `untilTicks`, but none that can be decoded: their keyframe is
        /// missing.
        void dark(long untilTicks);

        /// The source cannot be cut at its own pictures.
        void uncuttable();

        /// @param pictures that are at home in it
        void window(
                Cut cut,
                long startTicks,
                long endTicks,
                boolean last,
                long pictures,
                Window.ByteSpan source);
    }

    /// @param anchored whether the first frame is at 0 whatever its time
    /// @param cuttable whether the source is to be cut at its own pictures too, if that is possible
    static StreamPlanner start(
            StreamFormat format,
            StreamParser parser,
            Tracks tracks,
            boolean anchored,
            boolean cuttable) {
        boolean avc =
                tracks.video().filter(video -> video.codec() == Track.VideoCodec.H264).isPresent();
        return new StreamPlanner(
                format,
                parser,
                tracks,
                RunClock.start(anchored),
                new Checkpoints(),
                new Needs(),
                new SourceCut(cuttable && avc));
    }

    private StreamPlanner(
            StreamFormat format,
            StreamParser parser,
            Tracks tracks,
            RunClock clock,
            Checkpoints checkpoints,
            Needs needs,
            SourceCut source) {
        this.format = format;
        this.parser = parser;
        this.tracks = tracks;
        this.placer = new FramePlacer(tracks, clock);
        this.coding = placer.coding();
        this.checkpoints = checkpoints;
        this.needs = needs;
        this.source = source;
        this.lastDistanceTicks = DEFAULT_PICTURE_TICKS;
    }

    void block(Block block, Sink sink) throws MediaException {
        if (placer.isUndecodable(block)) {
            undecodable = true;
            return;
        }
        placer.see(block);
        if (blocks == 0) {
            sink.begins(placer.clock().baseTicks());
        }
        checkpoint(block);
        long lastPicture = lastPictureTicks();
        switch (placer.place(block)) {
            case PlacedFrame.Picture picture -> {
                needs.picture(picture, blocks, block.endBytes());
                source.picture(block, picture.ticks(), blocks);
                noteDistance(lastPicture, picture.ticks());
                noteDarkness(picture.ticks(), sink);
                frontTicks = Math.max(frontTicks, picture.ticks());
            }
            case PlacedFrame.Sound sound -> {
                needs.sound(coding.to48k(sound.firstSample()), block.endBytes());
                source.sound(coding.to48k(sound.firstSample()), block.endBytes());
                frontTicks = Math.max(frontTicks, soundEndTicks());
            }
            case PlacedFrame.Dropped() -> {}
        }
        blocks++;
        while (canClose(Grid.endTicks(needs.openSlot()))) {
            close(Grid.endTicks(needs.openSlot()), false, sink);
        }
        source.passed(frontTicks);
        closeSource(false, sink);
    }

    /// Closes all windows. A stream without a frame has none.
    void end(Sink sink) {
        long end = soundEndTicks();
        if (lastPictureTicks() != PictureClock.NONE) {
            end = Math.max(end, lastPictureTicks() + lastDistanceTicks);
        }
        if (end <= Grid.startTicks(needs.openSlot())) {
            return;
        }
        noteDarkness(end, sink);
        while (Grid.endTicks(needs.openSlot()) < end) {
            close(Grid.endTicks(needs.openSlot()), false, sink);
        }
        // So that even the shortest window has an AAC frame of its own.
        long shortest = Grid.startTicks(needs.openSlot()) + Ticks.PER_AAC_FRAME;
        long ends = Math.max(end, shortest);
        close(ends, true, sink);
        source.end(ends);
        closeSource(true, sink);
    }

    private void closeSource(boolean ending, Sink sink) {
        for (var slot = source.ended(); slot.isPresent(); slot = source.ended()) {
            if (!ending && !canClose(slot.get().endTicks())) {
                break;
            }
            Checkpoint from =
                    checkpoints.choose(slot.get().keyBlock(), soundFrom(slot.get().startTicks()));
            source.close();
            boolean last = ending && source.isEmpty();
            sink.window(
                    Cut.SOURCE,
                    slot.get().startTicks(),
                    slot.get().endTicks(),
                    last,
                    slot.get().pictures(),
                    span(from, slot.get().endBytes()));
        }
        if (!source.isPossible()) {
            sink.uncuttable();
        }
    }

    private void checkpoint(Block block) {
        boolean key = block.kind() == Block.Kind.PICTURE && block.keyframe();
        boolean due = frontTicks >= checkpointedTicks + CHECKPOINT_DISTANCE_TICKS;
        if (checkpoints.isEmpty() || key || due) {
            checkpoints.add(
                    new Checkpoint(blocks, block.startBytes(), parser.place(), placer.clock()));
            checkpoints.retain(possibleKeyBlocks(), possibleSoundFroms());
            checkpointedTicks = frontTicks;
        }
    }

    private List<Long> possibleKeyBlocks() {
        List<Long> keys = new ArrayList<>(needs.possibleKeyBlocks());
        keys.addAll(source.keyBlocks());
        return keys;
    }

    private List<Long> possibleSoundFroms() {
        LongStream slots =
                LongStream.rangeClosed(needs.openSlot(), Grid.showing(frontTicks) + 1)
                        .map(Grid::startTicks);
        // The next picture, behind the last one, may be one to cut at.
        LongStream cuts =
                source.isPossible()
                        ? LongStream.concat(
                                source.starts(), LongStream.of(Math.max(0, lastPictureTicks())))
                        : LongStream.empty();
        return LongStream.concat(slots, cuts).mapToObj(this::soundFrom).toList();
    }

    /// @param ticks where a window starts
    private long soundFrom(long ticks) {
        return coding.from48kFloor(WindowInput.soundFrom(ticks));
    }

    private long soundUntil(long endTicks) {
        return coding.from48kCeil(WindowInput.soundUntil(endTicks));
    }

    private void noteDistance(long from, long to) {
        // One tick is a repeated time that was moved, not a distance.
        if (from != PictureClock.NONE && to > from + 1) {
            lastDistanceTicks = Math.min(to - from, MAX_LAST_PICTURE_TICKS);
        }
    }

    private void noteDarkness(long untilTicks, Sink sink) {
        if (undecodable && untilTicks > 0) {
            sink.dark(untilTicks);
        }
        undecodable = false;
    }

    private boolean canClose(long endTicks) {
        boolean seen = tracks.video().isEmpty() || lastPictureTicks() >= endTicks;
        boolean heard = tracks.audio().isEmpty() || nextSample() >= soundUntil(endTicks);
        return (seen && heard) || frontTicks > endTicks + PATIENCE_TICKS;
    }

    private void close(long endTicks, boolean last, Sink sink) {
        long start = Grid.startTicks(needs.openSlot());
        Checkpoint from = checkpoints.choose(needs.keyBlock(), soundFrom(start));
        Window.ByteSpan span = span(from, needs.endBytes());
        long pictures = needs.pictures();
        needs.advance();
        sink.window(Cut.GRID, start, endTicks, last, pictures, span);
    }

    private Window.ByteSpan span(Checkpoint from, long endBytes) {
        byte[] state = new WindowCheckpoint(format, parser.header(), from).toByteArray();
        long until = Math.max(from.offsetBytes(), endBytes);
        return new Window.ByteSpan(from.offsetBytes(), until, state);
    }

    /// What the container's clock says where this stream's is 0, [RunClock#NONE] before the first
    /// frame.
    long baseTicks() {
        return placer.clock().baseTicks();
    }

    private long lastPictureTicks() {
        return placer.clock().pictures().lastTicks();
    }

    private long nextSample() {
        return placer.clock().sounds().nextSample();
    }

    /// Where the sound ends so far; 0 before it begins.
    private long soundEndTicks() {
        return nextSample() == AudioClock.NONE ? 0 : Ticks.ofSamples(coding.to48k(nextSample()));
    }

    void save(StateOutput out) {
        placer.clock().save(out);
        checkpoints.save(out);
        needs.save(out);
        source.save(out);
        out.number(blocks).number(frontTicks).number(checkpointedTicks).number(lastDistanceTicks);
        out.flag(undecodable);
    }

    static StreamPlanner restore(
            StreamFormat format, StreamParser parser, Tracks tracks, StateInput in) {
        StreamPlanner planner =
                new StreamPlanner(
                        format,
                        parser,
                        tracks,
                        RunClock.restore(in),
                        Checkpoints.restore(in),
                        Needs.restore(in),
                        SourceCut.restore(in));
        planner.blocks = in.number();
        planner.frontTicks = in.number();
        planner.checkpointedTicks = in.number();
        planner.lastDistanceTicks = in.number();
        planner.undecodable = in.flag();
        return planner;
    }
}
