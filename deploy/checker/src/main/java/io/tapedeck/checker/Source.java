package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A run as it was recorded: one Matroska or WebM file.
///
/// @param pictureTicks times of its pictures in 1/90000 s, strictly rising
/// @param thumbnails one for each
/// @param soundFirstSample where its first sample belongs, in 48 kHz samples of the run
/// @param pcm its sound from there on, empty without sound
record Source(
        List<Long> pictureTicks, List<byte[]> thumbnails, long soundFirstSample, float[] pcm) {

    private static final long TICKS_PER_MILLI = 90;
    private static final int SAMPLES_PER_MILLI = 48;

    /// A container that is off by more than this means it.
    private static final long TOLERANCE_SAMPLES = 40 * SAMPLES_PER_MILLI;

    boolean empty() {
        return pictureTicks.isEmpty() && pcm.length == 0;
    }

    static Source read(MediaTools tools, Path file, int widthPixels, int heightPixels)
            throws IOException {
        var ticks = new ArrayList<Long>();
        for (var frame : tools.frames(file, "v:0")) {
            long at = frame.time() * TICKS_PER_MILLI;
            ticks.add(ticks.isEmpty() ? at : Math.max(at, ticks.getLast() + 1));
        }
        List<byte[]> thumbnails =
                ticks.isEmpty() || widthPixels == 0
                        ? List.of()
                        : Thumbnails.of(tools, file, widthPixels, heightPixels);
        var sounds = tools.sounds(file);
        if (sounds.isEmpty()) {
            return new Source(List.copyOf(ticks), thumbnails, 0, new float[0]);
        }
        return new Source(
                List.copyOf(ticks),
                thumbnails,
                sounds.getFirst().time() * SAMPLES_PER_MILLI,
                placed(tools.pcm(file), sounds));
    }

    /// The samples with silence where packets are missing and without what is there twice.
    private static float[] placed(float[] decoded, List<MediaTools.Sound> sounds) {
        long first = sounds.getFirst().time() * SAMPLES_PER_MILLI;
        var placed = new FloatList(decoded.length);
        int at = 0;
        for (var sound : sounds) {
            long off = sound.time() * SAMPLES_PER_MILLI - (first + placed.size());
            if (off > TOLERANCE_SAMPLES) {
                // Holes are filled with whole packets of 20 ms.
                placed.addSilence((int) ((off + 480) / 960 * 960));
            }
            if (off >= -TOLERANCE_SAMPLES) {
                placed.add(decoded, at, sound.samples());
            }
            at += sound.samples();
        }
        return placed.toArray();
    }
}
