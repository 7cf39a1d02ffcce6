package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.clock.AudioClock;
import io.tapedeck.timeline.clock.PictureClock;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// How far a stream has come: which of its windows can be closed, and where it ends.
final class Front {

    /// How far one track may be ahead before a window is closed without the other: a camera that is
    /// covered or a microphone that is muted must not stop the recording.
    private static final long PATIENCE_TICKS = 2 * Ticks.PER_SECOND;

    private static final long DEFAULT_PICTURE_TICKS = Ticks.PER_SECOND / 30;

    /// A last picture is not shown longer than this, however far apart the ones before it were.
    private static final long MAX_LAST_PICTURE_TICKS = Ticks.PER_SECOND;

    private final Tracks tracks;
    private final FramePlacer placer;
    private final SoundCoding coding;
    private long ticks;
    private long lastDistanceTicks = DEFAULT_PICTURE_TICKS;
    private long settledTicks = PictureClock.NONE;

    /// @param placer with the stream's clocks
    Front(Tracks tracks, FramePlacer placer) {
        this.tracks = tracks;
        this.placer = placer;
        this.coding = placer.coding();
    }

    /// Time of the latest picture, or end of the latest sound.
    long ticks() {
        return ticks;
    }

    /// A picture was placed.
    ///
    /// @param beforeTicks the latest time before it came, [PictureClock#NONE] without one
    /// @param idr whether all that are shown before it have come
    void picture(long beforeTicks, long atTicks, boolean idr) {
        PictureClock pictures = placer.clock().pictures();
        long distance =
                pictures.reordered() > 0
                        ? pictures.lastDistanceTicks()
                        : beforeTicks == PictureClock.NONE ? 0 : atTicks - beforeTicks;
        // One tick is a repeated time that was moved, not a distance.
        if (distance > 1) {
            lastDistanceTicks = Math.min(distance, MAX_LAST_PICTURE_TICKS);
        }
        ticks = Math.max(ticks, atTicks);
        settledTicks = Math.max(settledTicks, idr ? atTicks : pictures.settledTicks());
    }

    /// Sound was placed.
    void sound() {
        ticks = Math.max(ticks, soundEndTicks());
    }

    /// Whether nothing is worth waiting for that belongs before `endTicks`.
    boolean hasPassed(long endTicks) {
        boolean seen = tracks.video().isEmpty() || settledTicks >= endTicks;
        boolean heard = tracks.audio().isEmpty() || nextSample() >= soundUntil(endTicks);
        return (seen && heard) || ticks > endTicks + PATIENCE_TICKS;
    }

    /// Where the stream ends if nothing more comes; 0 without a frame.
    long endTicks() {
        long end = soundEndTicks();
        return lastPictureTicks() == PictureClock.NONE
                ? end
                : Math.max(end, lastPictureTicks() + lastDistanceTicks);
    }

    /// [PictureClock#NONE] before the first one.
    long lastPictureTicks() {
        return placer.clock().pictures().lastTicks();
    }

    private long nextSample() {
        return placer.clock().sounds().nextSample();
    }

    private long soundUntil(long endTicks) {
        return coding.from48kCeil(WindowInput.soundUntil(endTicks));
    }

    /// Where the sound ends so far; 0 before it begins.
    private long soundEndTicks() {
        return nextSample() == AudioClock.NONE ? 0 : Ticks.ofSamples(coding.to48k(nextSample()));
    }

    void save(StateOutput out) {
        out.number(ticks).number(lastDistanceTicks).number(settledTicks);
    }

    void restore(StateInput in) {
        ticks = in.number();
        lastDistanceTicks = in.number();
        settledTicks = in.number();
    }
}
