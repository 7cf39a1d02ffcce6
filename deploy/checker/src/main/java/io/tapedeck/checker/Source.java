package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A run as it was recorded: one Matroska, WebM or MP4 file.
///
/// @param pictureTicks times of its pictures in 1/90000 s, strictly rising
/// @param thumbnails one for each
/// @param soundFirstSample where its first sample belongs, in 48 kHz samples of the run
/// @param pcm its sound from there on, empty without sound
record Source(
        List<Long> pictureTicks, List<byte[]> thumbnails, long soundFirstSample, float[] pcm) {

    private static final int HERTZ = 48_000;

    /// A container that is off by more than 30 ms means it.
    private static final long TOLERANCE_SAMPLES = 1440;

    boolean empty() {
        return pictureTicks.isEmpty() && pcm.length == 0;
    }

    static Source read(MediaTools tools, Path file, int widthPixels, int heightPixels)
            throws IOException {
        var ticks = new ArrayList<Long>();
        var pictureUnit = TimeUnit.of(tools, file, "v:0");
        for (var frame : tools.frames(file, "v:0")) {
            long at = pictureUnit.in(90_000, frame.time());
            ticks.add(ticks.isEmpty() ? at : Math.max(at, ticks.getLast() + 1));
        }
        List<byte[]> thumbnails =
                ticks.isEmpty() || widthPixels == 0
                        ? List.of()
                        : Thumbnails.of(tools, file, widthPixels, heightPixels);
        String skipping = tools.skipping(file);
        var sounds = tools.sounds(file, skipping);
        if (sounds.isEmpty()) {
            return new Source(List.copyOf(ticks), thumbnails, 0, new float[0]);
        }
        var soundUnit = TimeUnit.of(tools, file, "a:0");
        int hertz = Integer.parseInt(tools.entry(file, "a:0", "stream=sample_rate"));
        var placed = new ArrayList<MediaTools.Sound>();
        long count = 0;
        for (var sound : sounds) {
            long from = count * HERTZ / hertz;
            count += sound.samples();
            placed.add(
                    new MediaTools.Sound(
                            soundUnit.in(HERTZ, sound.time()),
                            (int) (count * HERTZ / hertz - from)));
        }
        return new Source(
                List.copyOf(ticks),
                thumbnails,
                placed.getFirst().time(),
                placed(tools.pcm(file, skipping), placed));
    }

    /// What a stream counts its time in: a fraction of a second.
    private record TimeUnit(long numerator, long denominator) {

        static TimeUnit of(MediaTools tools, Path file, String stream) throws IOException {
            String[] parts = tools.entry(file, stream, "stream=time_base").split("/", -1);
            return parts.length == 2
                    ? new TimeUnit(Long.parseLong(parts[0]), Long.parseLong(parts[1]))
                    : new TimeUnit(1, 1);
        }

        /// Time in other units, rounded to the nearest.
        long in(long perSecond, long time) {
            return Math.floorDiv(2 * time * numerator * perSecond + denominator, 2 * denominator);
        }
    }

    /// The samples with silence where packets are missing and without what is there twice.
    ///
    /// @param sounds in 48 kHz samples
    private static float[] placed(float[] decoded, List<MediaTools.Sound> sounds) {
        long first = sounds.getFirst().time();
        var placed = new FloatList(decoded.length);
        int at = 0;
        for (var sound : sounds) {
            long off = sound.time() - (first + placed.size());
            if (off > TOLERANCE_SAMPLES) {
                // Holes are filled with whole packets of 20 ms, as many as fit but for a rounded
                // millisecond.
                placed.addSilence((int) ((off + 48) / 960 * 960));
            }
            if (off >= -TOLERANCE_SAMPLES) {
                placed.add(decoded, at, sound.samples());
            }
            at += sound.samples();
        }
        return placed.toArray();
    }
}
