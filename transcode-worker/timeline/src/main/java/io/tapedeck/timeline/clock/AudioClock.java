package io.tapedeck.timeline.clock;

/// Counts sound in samples. Containers date packets with the jitter and rounding of milliseconds;
/// the samples of a recorder, however, follow each other without a hole. So only the first packet
/// is placed where its time says, and each other one where its predecessor ends, unless that is off
/// by more than [#TOLERANCE_MILLIS]: then sound is really missing (silence is put in, as many whole
/// packets as fit) or there twice (the packet is dropped).
///
/// @param nextSample where the next packet begins, in the track's own samples of the run; [#NONE]
///   before the first
public record AudioClock(long nextSample) {

    public static final long NONE = Long.MIN_VALUE;

    /// 30 ms: more than the jitter of nearly every packet, less than a frame between sound and
    /// picture. Chromium on a busy machine leaves out 10 to 60 ms now and then, and dates the
    /// packet behind such a hole up to 28 ms late; so a hole is not filled beyond what fits into
    /// it.
    public static final long TOLERANCE_MILLIS = 30;

    public static final AudioClock START = new AudioClock(NONE);

    /// Where a packet goes.
    ///
    /// @param clock the clock behind it
    /// @param firstSample its first sample; without meaning when dropped
    /// @param silences packets of silence that go right before it, [SoundCoding#silenceSamples]
    ///   each
    /// @param dropped whether it is not to be heard
    public record Placement(AudioClock clock, long firstSample, long silences, boolean dropped) {}

    /// @param atSample where the container has it
    /// @param samples how long it is; 0 drops it
    /// @param coding whose samples these are
    public Placement place(long atSample, int samples, SoundCoding coding) {
        if (samples == 0) {
            return new Placement(this, nextSample, 0, true);
        }
        if (nextSample == NONE) {
            return placed(atSample, 0, samples);
        }
        long offBy = atSample - nextSample;
        long millisecond = coding.sampleRateHertz() / 1000;
        long tolerance = millisecond * TOLERANCE_MILLIS;
        if (offBy < -tolerance) {
            return new Placement(this, nextSample, 0, true);
        }
        if (offBy <= tolerance) {
            return placed(nextSample, 0, samples);
        }
        int size = coding.silenceSamples();
        // The container may have rounded to a millisecond.
        long silences = size == 1 ? offBy : (offBy + millisecond) / size;
        return placed(nextSample + silences * size, silences, samples);
    }

    private static Placement placed(long firstSample, long silences, int samples) {
        return new Placement(new AudioClock(firstSample + samples), firstSample, silences, false);
    }
}
