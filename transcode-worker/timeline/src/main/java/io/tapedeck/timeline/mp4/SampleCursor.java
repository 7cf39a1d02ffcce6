package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.stream.Block;
import java.util.Optional;

/// Walks the samples of a track in the order of decoding. Each table is read side by side with the
/// others, so work and memory are those of the samples, whatever counts are claimed.
final class SampleCursor {

    /// Of one track: a day of 60 a second.
    static final long MOST_SAMPLES = 6_000_000;

    private static final int MOST_SAMPLE_BYTES = 64 << 20;

    /// In units: far beyond any clock, and far from overflowing.
    private static final long MOST_UNITS = 1L << 52;

    private final Block.Kind kind;
    private final TrackIndex index;
    private final long unitsPerSecond;
    private final long delayTicks;
    private final long fileBytes;

    private long sample = -1;
    private long decodeUnits;
    private long durationUnits;
    private long durationRun = -1;
    private long durationsLeft;
    private long delayRun = -1;
    private long delaysLeft;
    private long delayUnits;
    private long nextKey;
    private long chunk = -1;
    private long chunkRun = -1;
    private long samplesLeft;
    private long startBytes;
    private long sizeBytes;
    private boolean keyframe;

    /// @param delayTicks how long the edit list shows nothing
    /// @param fileBytes size of the file
    SampleCursor(
            Block.Kind kind, TrackIndex index, long unitsPerSecond, long delayTicks, long fileBytes)
            throws NotIndexableException {
        this.kind = kind;
        this.index = index;
        this.unitsPerSecond = unitsPerSecond;
        this.delayTicks = delayTicks;
        this.fileBytes = fileBytes;
        if (index.sizes().count() > MOST_SAMPLES) {
            throw new NotIndexableException("too many frames");
        }
    }

    /// Moves to the next sample.
    boolean next() throws NotIndexableException {
        if (sample + 1 >= index.sizes().count()) {
            return false;
        }
        sample++;
        startBytes += sizeBytes;
        sizeBytes = index.sizes().of(sample);
        decodeUnits += durationUnits;
        nextDuration();
        nextDelay();
        nextPlace();
        keyframe = isKey();
        if (sizeBytes > MOST_SAMPLE_BYTES
                || startBytes < 0
                || startBytes > fileBytes - sizeBytes
                || decodeUnits > MOST_UNITS) {
            throw new NotIndexableException("a frame is at an impossible place");
        }
        return true;
    }

    private void nextDuration() throws NotIndexableException {
        while (durationsLeft == 0) {
            durationRun++;
            if (durationRun >= index.durations().count()) {
                throw disagree();
            }
            durationsLeft = index.durations().u32(2 * durationRun);
            durationUnits = index.durations().u32(2 * durationRun + 1);
        }
        durationsLeft--;
    }

    private void nextDelay() throws NotIndexableException {
        while (delaysLeft == 0 && index.delays().count() > 0) {
            delayRun++;
            if (delayRun >= index.delays().count()) {
                throw disagree();
            }
            delaysLeft = index.delays().u32(2 * delayRun);
            // Signed whatever the version: what does not fit 31 bits is nonsense as an unsigned
            // one.
            delayUnits = index.delays().s32(2 * delayRun + 1);
        }
        delaysLeft--;
    }

    private void nextPlace() throws NotIndexableException {
        while (samplesLeft == 0) {
            chunk++;
            Table runs = index.chunkRuns();
            while (chunkRun + 1 < runs.count() && runs.u32(3 * (chunkRun + 1)) <= chunk + 1) {
                chunkRun++;
            }
            if (chunk >= index.chunks().count() || chunkRun < 0) {
                throw disagree();
            }
            samplesLeft = runs.u32(3 * chunkRun + 1);
            startBytes = index.chunkStart(chunk);
            if (runs.u32(3 * chunkRun + 2) != 1) {
                throw new NotIndexableException("a track changes its description on the way");
            }
        }
        samplesLeft--;
    }

    private boolean isKey() throws NotIndexableException {
        Optional<Table> keys = index.keyframes();
        if (keys.isEmpty() || kind == Block.Kind.SOUND) {
            return true;
        }
        if (nextKey < keys.get().count() && keys.get().u32(nextKey) == sample + 1) {
            nextKey++;
            return true;
        }
        if (nextKey < keys.get().count() && keys.get().u32(nextKey) <= sample) {
            throw disagree();
        }
        return false;
    }

    private static NotIndexableException disagree() {
        return new NotIndexableException("its tables do not agree with each other");
    }

    /// When the sample is decoded, on the stream's clock.
    long decodeTicks() {
        return ticks(decodeUnits);
    }

    /// When it ends, if it is shown as soon as it is decoded.
    long endTicks() {
        return ticks(decodeUnits + durationUnits);
    }

    long durationUnits() {
        return durationUnits;
    }

    boolean isKeyframe() {
        return keyframe;
    }

    /// Whether it is the last one.
    boolean isLast() {
        return sample + 1 == index.sizes().count();
    }

    /// Whether there is anything in it.
    boolean isEmpty() {
        return sizeBytes == 0;
    }

    IndexedSample sample() {
        return new IndexedSample(
                kind, startBytes, (int) sizeBytes, ticks(decodeUnits + delayUnits), keyframe);
    }

    private long ticks(long units) {
        return scale(units - index.edits().startUnits(), unitsPerSecond) + delayTicks;
    }

    /// Units of time in ticks, rounded to the nearest.
    ///
    /// @param units at most 53 bits
    static long scale(long units, long unitsPerSecond) {
        long seconds = Math.floorDiv(units, unitsPerSecond);
        long rest = Math.floorMod(units, unitsPerSecond) * Ticks.PER_SECOND;
        return seconds * Ticks.PER_SECOND + (rest + unitsPerSecond / 2) / unitsPerSecond;
    }
}
