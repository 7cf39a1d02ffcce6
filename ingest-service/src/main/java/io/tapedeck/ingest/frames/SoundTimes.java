package io.tapedeck.ingest.frames;

import java.util.List;

/// Where sound is in its run: samples are counted, one after the other. Only when nothing came for
/// a while, and what came behind it does not make up for that, it goes on behind a gap.
///
/// Times are microseconds from the beginning of the run. For one thread at a time.
final class SoundTimes {

    static final int SAMPLES_PER_SECOND = 44_100;

    private static final long NEVER = Long.MIN_VALUE;

    private long start = NEVER;
    private long samples;
    private long samplesBefore;
    private long[] ends = {};
    private long lastHeard;
    private long lead;
    private long firstLead;

    /// Places the next pieces of sound.
    ///
    /// @param arrivals when each came, rising; at least one
    /// @param startNanos when the run began
    /// @param counts samples of each
    /// @return the gap, if there is one
    Gap place(List<Arrival> arrivals, long startNanos, long[] counts) {
        boolean first = start == NEVER;
        if (first) {
            // A piece was complete when it came.
            long at = arrivals.getFirst().micros(startNanos);
            start = Math.max(0, at - micros(counts[0]));
            lastHeard = arrivals.getFirst().heardMicros();
            firstLead = start + micros(counts[0]) - at;
        }
        int behind = 0;
        long pause = 0;
        long more = 0;
        for (int i = 0; i < counts.length; i++) {
            long heard = arrivals.get(i).heardMicros();
            if (heard - lastHeard > pause) {
                pause = heard - lastHeard;
                behind = i;
            }
            lastHeard = heard;
            more += counts[i];
        }
        long lastArrival = arrivals.getLast().micros(startNanos);
        long lag = lastArrival - at(samples + more);
        boolean gap = pause > PictureTimes.TOLERANCE && lag > PictureTimes.TOLERANCE;
        long missing = gap ? lag * SAMPLES_PER_SECOND / PictureTimes.PER_SECOND : 0;
        samplesBefore = samples;
        samples += more + missing;
        ends = new long[counts.length];
        long end = samplesBefore;
        for (int i = 0; i < counts.length; i++) {
            end += counts[i] + (i == behind ? missing : 0);
            ends[i] = end;
        }
        lead = at(samples) - lastArrival;
        return new Gap(behind, missing);
    }

    /// Time that is missing in front of a piece.
    ///
    /// @param piece its place among those that were to be placed
    /// @param samples how much; 0 when nothing is missing
    record Gap(int piece, long samples) {}

    /// When a sample is heard.
    ///
    /// @param sample counted from the first one of the run, gaps included
    long at(long sample) {
        return start + micros(sample);
    }

    /// Where a picture belongs that came between two pieces of sound: between them, however late
    /// both were, or where the clock has it, for pictures and sound may also come in heaps.
    ///
    /// @param piece the one behind it, of those placed last
    /// @param clock as [#since] has it
    PictureTimes.Span around(int piece, PictureTimes.Span clock) {
        long before = at(piece == 0 ? samplesBefore : ends[piece - 1]);
        return new PictureTimes.Span(
                Math.min(before, clock.earliest()), Math.max(at(ends[piece]), clock.latest()));
    }

    /// Where a picture belongs behind which no sound has come: as far behind the last sound as it
    /// came later.
    ///
    /// @param arrival of the picture
    /// @param deafMicros how long nothing was read before it: what waited meanwhile may still be
    ///   waiting
    PictureTimes.Span since(long arrival, long deafMicros) {
        return start == NEVER
                ? new PictureTimes.Span(arrival - deafMicros, Long.MAX_VALUE)
                : new PictureTimes.Span(arrival + lead - firstLead - deafMicros, arrival + lead);
    }

    private static long micros(long samples) {
        return samples * PictureTimes.PER_SECOND / SAMPLES_PER_SECOND;
    }
}
