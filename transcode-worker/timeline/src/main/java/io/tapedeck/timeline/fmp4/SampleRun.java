package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import java.util.OptionalInt;

/// A run of samples (`trun`, ISO/IEC 14496-12 section 8.8.8), walked one by one. What it does not
/// say of each is what counts for all.
final class SampleRun {

    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_FLAGS = 0x4;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION = 0x800;

    /// Not a sync sample, or one that depends on others.
    private static final int NO_KEYFRAME = 0x01010000;

    private final Fields fields;
    private final Timing.Defaults defaults;
    private final int has;
    private final long count;
    private final OptionalInt offsetBytes;
    private final OptionalInt firstFlags;
    private long read;
    private long durationUnits;
    private long sizeBytes;
    private int flags;
    private int compositionUnits;

    private SampleRun(
            Fields fields,
            Timing.Defaults defaults,
            int has,
            long count,
            OptionalInt offsetBytes,
            OptionalInt firstFlags) {
        this.fields = fields;
        this.defaults = defaults;
        this.has = has;
        this.count = count;
        this.offsetBytes = offsetBytes;
        this.firstFlags = firstFlags;
    }

    static SampleRun read(Fields trun, Timing.Defaults defaults) throws MalformedStreamException {
        int has = trun.s32() & 0xFFFFFF;
        long count = trun.u32();
        OptionalInt offset = (has & DATA_OFFSET) == 0 ? OptionalInt.empty() : some(trun);
        OptionalInt firstFlags = (has & FIRST_FLAGS) == 0 ? OptionalInt.empty() : some(trun);
        SampleRun run = new SampleRun(trun, defaults, has, count, offset, firstFlags);
        if (count * run.entryBytes() > trun.left()) {
            throw trun.malformed("a fragment lists more frames than it has room for");
        }
        return run;
    }

    private static OptionalInt some(Fields fields) throws MalformedStreamException {
        return OptionalInt.of(fields.s32());
    }

    long count() {
        return count;
    }

    /// Where the data begin; empty where they follow those of the run before.
    OptionalInt offsetBytes() {
        return offsetBytes;
    }

    /// Moves to the next sample.
    boolean next() throws MalformedStreamException {
        if (read == count) {
            return false;
        }
        durationUnits = (has & DURATION) == 0 ? defaults.durationUnits() : fields.u32();
        sizeBytes = (has & SIZE) == 0 ? defaults.sizeBytes() : fields.u32();
        int usual = read == 0 ? firstFlags.orElse(defaults.flags()) : defaults.flags();
        flags = (has & FLAGS) == 0 ? usual : fields.s32();
        // Signed whatever the version: what does not fit 31 bits is nonsense as an unsigned one.
        compositionUnits = (has & COMPOSITION) == 0 ? 0 : fields.s32();
        read++;
        return true;
    }

    long durationUnits() {
        return durationUnits;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// How much later than decoded it is shown; may be negative.
    int compositionUnits() {
        return compositionUnits;
    }

    boolean isKeyframe() {
        return (flags & NO_KEYFRAME) == 0;
    }

    /// Bytes of all samples; only before the first [#next].
    long totalBytes() throws MalformedStreamException {
        if ((has & SIZE) == 0) {
            // A quarter of all counts is more than any place has room for, and does not overflow.
            return Math.min(count, 1L << 30) * defaults.sizeBytes();
        }
        long total = 0;
        while (next()) {
            total += sizeBytes;
        }
        return total;
    }

    private int entryBytes() {
        return Integer.BYTES * Integer.bitCount(has & (DURATION | SIZE | FLAGS | COMPOSITION));
    }
}
