package io.tapedeck.timeline;

/// One coded picture or packet of sound, at its exact place in its run.
///
/// Pictures: no two have the same `ticks`, which strictly rise unless the codec lets pictures come
/// in another order than they are shown in. Sound: `ticks` are counted in samples (no rounding of
/// the container is left in them), `samples` are 48 kHz samples, and packets follow each other
/// without a hole: where the container has one there is silence, if the codec has packets of it.
public sealed interface Frame {

    /// Coded bytes. Not to be changed.
    byte[] payload();

    /// @param ticks presentation time in the run
    /// @param keyframe whether decoding can start here
    record Picture(long ticks, boolean keyframe, byte[] payload) implements Frame {}

    /// @param firstSample number of its first 48 kHz sample in the run
    /// @param samples how many it decodes to
    record Sound(long firstSample, int samples, byte[] payload) implements Frame {}
}
