package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.clock.PictureClock;
import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.codec.AvcConfiguration;
import io.tapedeck.timeline.codec.PictureOrder;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Plans the windows of one stream: the bytes between two headers, usually the whole run.
final class StreamPlanner {

    /// Media time between checkpoints that nothing asked for; more would mean to read more in vain.
    private static final long CHECKPOINT_DISTANCE_TICKS = Ticks.PER_SECOND / 4;

    private final Grid grid;
    private final Container container;
    private final FramePlacer placer;
    private final Front front;
    private final SoundCoding coding;
    private final Checkpoints checkpoints;
    private final Needs needs;
    private final SourceCut source;
    private long blocks;
    private long checkpointedTicks;
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

        void window(StreamWindow window);
    }

    /// @param grid on which its windows are cut
    /// @param anchored whether the first frame is at 0 whatever its time
    /// @param cuttable whether the source is to be cut at its own pictures too, if that is possible
    /// @param leaptTicks see [RunClock#leaptTicks]
    static StreamPlanner start(
            Grid grid,
            Container container,
            Tracks tracks,
            boolean anchored,
            boolean cuttable,
            long leaptTicks) {
        boolean avc = tracks.video().filter(StreamPlanner::canBeShownAsItIs).isPresent();
        return new StreamPlanner(
                grid,
                container,
                tracks,
                RunClock.start(
                        anchored,
                        leaptTicks,
                        PictureClock.start(PictureOrder.reorderedPictures(tracks))),
                new Checkpoints(),
                new Needs(grid),
                new SourceCut(cuttable && avc, grid));
    }

    /// Whether pictures need not be decoded to be seen everywhere as they are meant.
    private static boolean canBeShownAsItIs(Track.Video video) {
        return video.codec() == Track.VideoCodec.H264
                && video.display().isPlain()
                && AvcConfiguration.isCommon(video.codecPrivate());
    }

    private StreamPlanner(
            Grid grid,
            Container container,
            Tracks tracks,
            RunClock clock,
            Checkpoints checkpoints,
            Needs needs,
            SourceCut source) {
        this.grid = grid;
        this.container = container;
        this.placer = new FramePlacer(tracks, clock);
        this.front = new Front(tracks, placer);
        this.coding = placer.coding();
        this.checkpoints = checkpoints;
        this.needs = needs;
        this.source = source;
    }

    /// Whether a block cannot go on with this stream, but has to begin another one.
    boolean leapsTooFar(Block block) {
        return placer.leapsTooFar(block);
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
        long lastPicture = front.lastPictureTicks();
        switch (placer.place(block)) {
            case PlacedFrame.Picture picture -> {
                needs.picture(picture, blocks, block.endBytes());
                source.picture(block, picture.ticks(), blocks, isReordered());
                front.picture(lastPicture, picture.ticks(), block.idr());
                noteDarkness(picture.ticks(), sink);
            }
            case PlacedFrame.Sound sound -> {
                needs.sound(coding.to48k(sound.firstSample()), block.endBytes());
                source.sound(coding.to48k(sound.firstSample()), block.endBytes());
                front.sound();
            }
            case PlacedFrame.Dropped() -> {}
        }
        blocks++;
        while (front.hasPassed(grid.endTicks(needs.openSlot()))) {
            close(grid.endTicks(needs.openSlot()), false, sink);
        }
        source.passed(front.ticks());
        closeSource(false, sink);
    }

    /// Closes all windows. A stream without a frame has none.
    void end(Sink sink) {
        long end = front.endTicks();
        if (end <= grid.startTicks(needs.openSlot())) {
            return;
        }
        noteDarkness(end, sink);
        while (grid.endTicks(needs.openSlot()) < end) {
            close(grid.endTicks(needs.openSlot()), false, sink);
        }
        // So that even the shortest window has an AAC frame of its own.
        long shortest = grid.startTicks(needs.openSlot()) + Ticks.PER_AAC_FRAME;
        long ends = Math.max(end, shortest);
        close(ends, true, sink);
        source.end(ends);
        closeSource(true, sink);
    }

    private boolean isReordered() {
        return placer.clock().pictures().reordered() > 0;
    }

    private void closeSource(boolean ending, Sink sink) {
        for (var slot = source.ended(); slot.isPresent(); slot = source.ended()) {
            if (!ending && !front.hasPassed(slot.get().endTicks())) {
                break;
            }
            Checkpoint from =
                    checkpoints.choose(slot.get().keyBlock(), soundFrom(slot.get().startTicks()));
            source.close();
            boolean last = ending && source.isEmpty();
            sink.window(
                    new StreamWindow(
                            Cut.SOURCE,
                            slot.get().startTicks(),
                            slot.get().endTicks(),
                            last,
                            slot.get().pictures(),
                            container.span(from, slot.get().endBytes())));
        }
        if (!source.isPossible()) {
            sink.uncuttable();
        }
    }

    private void checkpoint(Block block) {
        boolean key = block.kind() == Block.Kind.PICTURE && block.keyframe();
        boolean due = front.ticks() >= checkpointedTicks + CHECKPOINT_DISTANCE_TICKS;
        if (checkpoints.isEmpty() || key || due) {
            checkpoints.add(container.before(blocks, block.startBytes(), placer.clock()));
            checkpoints.retain(possibleKeyBlocks(), possibleSoundFroms());
            container.parser().forgetBefore(checkpoints.first().place());
            checkpointedTicks = front.ticks();
        }
    }

    private List<Long> possibleKeyBlocks() {
        List<Long> keys = new ArrayList<>(needs.possibleKeyBlocks());
        keys.addAll(source.keyBlocks());
        return keys;
    }

    private List<Long> possibleSoundFroms() {
        LongStream slots =
                LongStream.rangeClosed(needs.openSlot(), grid.showing(front.ticks()) + 1)
                        .map(grid::startTicks);
        // The next picture, behind the last one, may be one to cut at.
        LongStream cuts =
                source.isPossible()
                        ? LongStream.concat(
                                source.starts(),
                                LongStream.of(Math.max(0, front.lastPictureTicks())))
                        : LongStream.empty();
        return LongStream.concat(slots, cuts).mapToObj(this::soundFrom).toList();
    }

    /// @param ticks where a window starts
    private long soundFrom(long ticks) {
        return coding.from48kFloor(WindowInput.soundFrom(ticks));
    }

    private void noteDarkness(long untilTicks, Sink sink) {
        if (undecodable && untilTicks > 0) {
            sink.dark(untilTicks);
        }
        undecodable = false;
    }

    private void close(long endTicks, boolean last, Sink sink) {
        long start = grid.startTicks(needs.openSlot());
        Checkpoint from = checkpoints.choose(needs.keyBlock(), soundFrom(start));
        Window.ByteSpan span = container.span(from, needs.endBytes());
        long pictures = needs.pictures();
        needs.advance();
        sink.window(new StreamWindow(Cut.GRID, start, endTicks, last, pictures, span));
    }

    /// What the container's clock says where this stream's is 0, [RunClock#NONE] before the first
    /// frame.
    long baseTicks() {
        return placer.clock().baseTicks();
    }

    /// See [RunClock#leaptTicks].
    long leaptTicks() {
        return placer.clock().leaptTicks();
    }

    void save(StateOutput out) {
        placer.clock().save(out);
        checkpoints.save(out);
        needs.save(out);
        source.save(out);
        front.save(out);
        out.number(blocks).number(checkpointedTicks).flag(undecodable);
    }

    /// @param halved see [SourceCut#restore]
    static StreamPlanner restore(
            Grid grid, Container container, Tracks tracks, StateInput in, boolean halved) {
        StreamPlanner planner =
                new StreamPlanner(
                        grid,
                        container,
                        tracks,
                        RunClock.restore(in),
                        Checkpoints.restore(in),
                        Needs.restore(in, grid),
                        SourceCut.restore(in, grid, halved));
        planner.front.restore(in);
        planner.blocks = in.number();
        planner.checkpointedTicks = in.number();
        planner.undecodable = in.flag();
        return planner;
    }
}
