package io.tapedeck.timeline.clock;

/// Counts sound in samples. Containers date packets with the jitter and rounding of milliseconds;
/// the samples of a recorder, however, follow each other without a hole. So only the first packet
/// is placed where its time says, and each other one where its predecessor ends, unless that is off
/// by more than [#TOLERANCE_SAMPLES]: then sound is really missing (silence is put in, in whole
/// packets) or there twice (the packet is dropped).
///
/// @param nextSample where the next packet begins, in 48 kHz samples of the run; [#NONE] before the
///   first
public record AudioClock(long nextSample) {

    public static final long NONE = Long.MIN_VALUE;

    /// 40 ms: more than any browser's jitter, less than anyone notices between sound and picture.
    public static final long TOLERANCE_SAMPLES = 1920;

    public static final AudioClock START = new AudioClock(NONE);

    /// Where a packet goes.
    ///
    /// @param clock the clock behind it
    /// @param firstSample its first sample; without meaning when dropped
    /// @param silences packets of silence that go right before it, [OpusPacket#SILENCE_SAMPLES]
    ///   each
    /// @param dropped whether it is not to be heard
    public record Placement(AudioClock clock, long firstSample, long silences, boolean dropped) {}

    /// @param atSample where the container has it
    /// @param samples how long it is; 0 drops it
    public Placement place(long atSample, int samples) {
        if (samples == 0) {
            return new Placement(this, nextSample, 0, true);
        }
        if (nextSample == NONE) {
            return placed(atSample, 0, samples);
        }
        long offBy = atSample - nextSample;
        if (offBy < -TOLERANCE_SAMPLES) {
            return new Placement(this, nextSample, 0, true);
        }
        if (offBy <= TOLERANCE_SAMPLES) {
            return placed(nextSample, 0, samples);
        }
        long silences = (offBy + OpusPacket.SILENCE_SAMPLES / 2) / OpusPacket.SILENCE_SAMPLES;
        return placed(nextSample + silences * OpusPacket.SILENCE_SAMPLES, silences, samples);
    }

    private static Placement placed(long firstSample, long silences, int samples) {
        return new Placement(new AudioClock(firstSample + samples), firstSample, silences, false);
    }
}
