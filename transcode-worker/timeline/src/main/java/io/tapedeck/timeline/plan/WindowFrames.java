package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.WindowTooLargeException;
import io.tapedeck.timeline.clock.AudioClock;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StreamSink;
import java.util.ArrayList;
import java.util.List;

/// Collects what one window needs from a stream that passes by.
final class WindowFrames implements StreamSink {

    private final Window window;
    private final Tracks tracks;
    private final FramePlacer placer;
    private final long limitBytes;
    private final SoundCoding coding;

    /// What sound is wanted, in own samples.
    private final long soundFrom;

    private final long soundUntil;
    private final List<Frame.Picture> pictures = new ArrayList<>();
    private final List<Frame.Sound> sounds = new ArrayList<>();

    /// Shown behind the window, but maybe needed for one that comes later and is shown in it.
    private final List<Frame.Picture> held = new ArrayList<>();

    private long pictureBytes;
    private long soundBytes;

    /// @param placer with the clock of the window's checkpoint
    WindowFrames(Window window, Tracks tracks, FramePlacer placer, long limitBytes) {
        this.window = window;
        this.tracks = tracks;
        this.placer = placer;
        this.limitBytes = limitBytes;
        this.coding = placer.coding();
        this.soundFrom = coding.from48kFloor(WindowInput.soundFrom(window));
        this.soundUntil = coding.from48kCeil(WindowInput.soundUntil(window));
    }

    @Override
    public void began() {}

    @Override
    public void tracks(Tracks again) {}

    @Override
    public void block(Block block) throws MediaException {
        boolean first = placer.clock().sounds().nextSample() == AudioClock.NONE;
        switch (place(block)) {
            case PlacedFrame.Picture picture -> add(picture, block.payload());
            case PlacedFrame.Sound sound -> {
                if (first) {
                    addSilenceBefore(sound.firstSample());
                }
                addSilence(sound.firstSample(), sound.silences());
                add(sound.firstSample(), sound.samples(), block.payload());
            }
            case PlacedFrame.Dropped() -> {}
        }
        if (pictureBytes + soundBytes > limitBytes) {
            throw new WindowTooLargeException(
                    "Two seconds of this recording need more than %d MiB; keyframes are too far apart or the bit rate is too high."
                            .formatted(limitBytes >> 20));
        }
    }

    /// A frame that the clock refuses was never planned: the planner gave up at it. In an MP4 it
    /// may still stand in front of planned ones.
    private PlacedFrame place(Block block) {
        try {
            return placer.place(block);
        } catch (MalformedStreamException _) {
            return new PlacedFrame.Dropped();
        }
    }

    /// What was collected; sound that is still missing at the end is silence.
    WindowInput input() {
        if (tracks.audio().isPresent() && coding.hasSilence()) {
            long next = placer.clock().sounds().nextSample();
            // Without a single packet any grid will do.
            long from = next == AudioClock.NONE ? silenceStart(0) : next;
            long missing = soundUntil - from;
            long packets = Math.max(0, Math.ceilDiv(missing, (long) coding.silenceSamples()));
            addSilence(from + packets * coding.silenceSamples(), packets);
        }
        return new WindowInput(
                window, tracks.video(), tracks.audio(), List.copyOf(pictures), List.copyOf(sounds));
    }

    private void add(PlacedFrame.Picture picture, byte[] payload) {
        var frame = new Frame.Picture(picture.ticks(), picture.keyframe(), payload);
        if (picture.ticks() >= window.endTicks()) {
            hold(frame);
            return;
        }
        if (picture.keyframe() && picture.ticks() <= window.startTicks()) {
            pictures.clear();
            pictureBytes = 0;
            held.clear();
        }
        if (!pictures.isEmpty()) {
            held.forEach(this::add);
            add(frame);
        } else if (picture.keyframe()) {
            add(frame);
        }
        held.clear();
    }

    private void add(Frame.Picture picture) {
        pictures.add(picture);
        pictureBytes += picture.payload().length;
    }

    /// Behind more of them than are reordered comes none that is shown in the window.
    private void hold(Frame.Picture picture) {
        if (held.size() < placer.clock().pictures().reordered()) {
            held.add(picture);
        }
    }

    private void add(long firstSample, int samples, byte[] payload) {
        if (firstSample < soundUntil && firstSample + samples > soundFrom) {
            long first = coding.to48k(firstSample);
            long next = coding.to48k(firstSample + samples);
            sounds.add(new Frame.Sound(first, (int) (next - first), payload));
            soundBytes += payload.length;
        }
    }

    /// Silence from where the window wants sound up to where the run's first packet begins.
    private void addSilenceBefore(long firstSample) {
        if (!coding.hasSilence()) {
            return;
        }
        long from = silenceStart(firstSample);
        addSilence(firstSample, Math.max(0, (firstSample - from) / coding.silenceSamples()));
    }

    /// Where silence has to begin that ends at `untilSample` and reaches back to the wanted sound.
    private long silenceStart(long untilSample) {
        long packets =
                Math.max(0, Math.ceilDiv(untilSample - soundFrom, (long) coding.silenceSamples()));
        return untilSample - packets * coding.silenceSamples();
    }

    /// Adds of `packets` packets of silence that end at `untilSample` those that the window wants:
    /// a hole may be hours. Where there are no such packets the hole stays.
    private void addSilence(long untilSample, long packets) {
        if (!coding.hasSilence()) {
            return;
        }
        long size = coding.silenceSamples();
        long firstSample = untilSample - packets * size;
        long skipped = Math.max(0, Math.floorDiv(soundFrom - firstSample, size));
        for (long i = skipped; i < packets && firstSample + i * size < soundUntil; i++) {
            add(firstSample + i * size, (int) size, coding.silence());
        }
    }
}
