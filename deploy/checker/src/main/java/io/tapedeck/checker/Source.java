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
        var packets = tools.packets(file, "a:0");
        if (packets.isEmpty()) {
            return new Source(List.copyOf(ticks), thumbnails, 0, new float[0]);
        }
        return new Source(
                List.copyOf(ticks),
                thumbnails,
                packets.getFirst().time() * SAMPLES_PER_MILLI,
                placed(tools, file, packets));
    }

    /// The samples with silence where packets are missing and without what is there twice.
    private static float[] placed(MediaTools tools, Path file, List<MediaTools.Stamp> packets)
            throws IOException {
        float[] decoded = tools.pcm(file);
        var durations = tools.packetDurations(file, "a:0");
        long first = packets.getFirst().time() * SAMPLES_PER_MILLI;
        var placed = new FloatList(decoded.length);
        int at = 0;
        for (int i = 0; i < packets.size() && i < durations.size(); i++) {
            int samples = (int) (durations.get(i) * SAMPLES_PER_MILLI);
            long off = packets.get(i).time() * SAMPLES_PER_MILLI - (first + placed.size());
            if (off > TOLERANCE_SAMPLES) {
                // Holes are filled with whole packets of 20 ms.
                placed.addSilence((int) ((off + 480) / 960 * 960));
            }
            if (off >= -TOLERANCE_SAMPLES) {
                placed.add(decoded, at, samples);
            }
            at += samples;
        }
        return placed.toArray();
    }
}
