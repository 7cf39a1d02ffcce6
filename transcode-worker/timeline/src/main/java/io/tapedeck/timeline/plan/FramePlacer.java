package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.clock.AudioClock;
import io.tapedeck.timeline.clock.PictureClock;
import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.stream.Block;

/// Puts blocks on the run's timeline. Planner and reader both go through here, so that they always
/// agree on where a frame is.
final class FramePlacer {

    private final int preSkipSamples;
    private final SoundCoding coding;
    private RunClock clock;

    FramePlacer(Tracks tracks, RunClock clock) {
        this.preSkipSamples = tracks.audio().map(Track.Audio::preSkipSamples).orElse(0);
        this.coding = tracks.audio().map(SoundCoding::of).orElse(SoundCoding.NONE);
        this.clock = clock;
    }

    /// The clock as it is now, before the next block.
    RunClock clock() {
        return clock;
    }

    SoundCoding coding() {
        return coding;
    }

    /// Takes note of a block's time and no more. Doing so twice is doing so once; the first block
    /// ever seen sets the run's zero.
    void see(Block block) throws MalformedStreamException {
        clock = clock.seen(block.ticks(), block.startBytes());
    }

    /// Whether a block is a picture that cannot be decoded, because no keyframe has come before it.
    /// It is none of the timeline's, not even of its beginning.
    boolean isUndecodable(Block block) {
        return block.kind() == Block.Kind.PICTURE
                && !block.keyframe()
                && clock.pictures().lastTicks() == PictureClock.NONE;
    }

    /// Whether another stream has to begin with a block, because it is too far ahead of this one.
    boolean leapsTooFar(Block block) {
        return !isUndecodable(block) && clock.leapsTooFar(block.ticks());
    }

    PlacedFrame place(Block block) throws MalformedStreamException {
        if (isUndecodable(block)) {
            return new PlacedFrame.Dropped();
        }
        see(block);
        long ticks = clock.inRun(block.ticks());
        return switch (block.kind()) {
            case PICTURE -> picture(ticks, block.keyframe());
            case SOUND -> sound(ticks, coding.samples(block.payload(), block.sizeBytes()));
        };
    }

    private PlacedFrame picture(long ticks, boolean keyframe) {
        // Nothing is before the beginning; a container may say so by some rounding.
        long placed = clock.pictures().place(Math.max(0, ticks));
        clock = clock.with(clock.pictures().with(placed));
        return new PlacedFrame.Picture(placed, keyframe);
    }

    private PlacedFrame sound(long ticks, int samples) {
        long atSample = coding.samplesCeil(ticks) - preSkipSamples;
        AudioClock.Placement placement = clock.sounds().place(atSample, samples, coding);
        clock = clock.with(placement.clock());
        return placement.dropped()
                ? new PlacedFrame.Dropped()
                : new PlacedFrame.Sound(placement.firstSample(), samples, placement.silences());
    }
}
