package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.WindowTooLargeException;
import io.tapedeck.timeline.clock.AudioClock;
import io.tapedeck.timeline.clock.OpusPacket;
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
    private final long soundFrom;
    private final long soundUntil;
    private final byte[] silence;
    private final List<Frame.Picture> pictures = new ArrayList<>();
    private final List<Frame.Sound> sounds = new ArrayList<>();
    private long pictureBytes;
    private long soundBytes;

    /// @param placer with the clock of the window's checkpoint
    WindowFrames(Window window, Tracks tracks, FramePlacer placer, long limitBytes) {
        this.window = window;
        this.tracks = tracks;
        this.placer = placer;
        this.limitBytes = limitBytes;
        this.soundFrom = WindowInput.soundFrom(window);
        this.soundUntil = WindowInput.soundUntil(window);
        this.silence = OpusPacket.silence(tracks.audio().map(Track.Audio::channels).orElse(1));
    }

    @Override
    public void began() {}

    @Override
    public void tracks(Tracks again) {}

    @Override
    public void block(Block block) throws MediaException {
        boolean first = placer.clock().sounds().nextSample() == AudioClock.NONE;
        switch (placer.place(block)) {
            case PlacedFrame.Picture picture -> add(picture, block.payload());
            case PlacedFrame.Sound sound -> {
                if (first) {
                    addSilenceBefore(sound.firstSample());
                }
                addSilence(sound.firstSample(), sound.silences());
                add(new Frame.Sound(sound.firstSample(), sound.samples(), block.payload()));
            }
            case PlacedFrame.Dropped() -> {}
        }
        if (pictureBytes + soundBytes > limitBytes) {
            throw new WindowTooLargeException(
                    "Two seconds of this recording need more than %d MiB; keyframes are too far apart or the bit rate is too high."
                            .formatted(limitBytes >> 20));
        }
    }

    /// What was collected; sound that is still missing at the end is silence.
    WindowInput input() {
        if (tracks.audio().isPresent()) {
            long next = placer.clock().sounds().nextSample();
            // Without a single packet any grid will do.
            long from = next == AudioClock.NONE ? silenceStart(0) : next;
            long missing = soundUntil - from;
            long packets = Math.max(0, Math.ceilDiv(missing, (long) OpusPacket.SILENCE_SAMPLES));
            addSilence(from + packets * OpusPacket.SILENCE_SAMPLES, packets);
        }
        return new WindowInput(
                window, tracks.video(), tracks.audio(), List.copyOf(pictures), List.copyOf(sounds));
    }

    private void add(PlacedFrame.Picture picture, byte[] payload) {
        if (picture.ticks() >= window.endTicks()) {
            return;
        }
        if (picture.keyframe() && picture.ticks() <= window.startTicks()) {
            pictures.clear();
            pictureBytes = 0;
        }
        if (picture.keyframe() || !pictures.isEmpty()) {
            pictures.add(new Frame.Picture(picture.ticks(), picture.keyframe(), payload));
            pictureBytes += payload.length;
        }
    }

    private void add(Frame.Sound sound) {
        if (sound.firstSample() < soundUntil && sound.firstSample() + sound.samples() > soundFrom) {
            sounds.add(sound);
            soundBytes += sound.payload().length;
        }
    }

    /// Silence from where the window wants sound up to where the run's first packet begins.
    private void addSilenceBefore(long firstSample) {
        long from = silenceStart(firstSample);
        addSilence(firstSample, Math.max(0, (firstSample - from) / OpusPacket.SILENCE_SAMPLES));
    }

    /// Where silence has to begin that ends at `untilSample` and reaches back to the wanted sound.
    private long silenceStart(long untilSample) {
        long packets =
                Math.max(
                        0,
                        Math.ceilDiv(untilSample - soundFrom, (long) OpusPacket.SILENCE_SAMPLES));
        return untilSample - packets * OpusPacket.SILENCE_SAMPLES;
    }

    /// Adds of `packets` packets of silence that end at `untilSample` those that the window wants:
    /// a hole may be hours.
    private void addSilence(long untilSample, long packets) {
        long size = OpusPacket.SILENCE_SAMPLES;
        long firstSample = untilSample - packets * size;
        long skipped = Math.max(0, Math.floorDiv(soundFrom - firstSample, size));
        for (long i = skipped; i < packets && firstSample + i * size < soundUntil; i++) {
            add(new Frame.Sound(firstSample + i * size, (int) size, silence));
        }
    }
}
