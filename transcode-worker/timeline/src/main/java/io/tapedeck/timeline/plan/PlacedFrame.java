package io.tapedeck.timeline.plan;

/// Where a block goes on its run's timeline.
sealed interface PlacedFrame {

    record Picture(long ticks, boolean keyframe) implements PlacedFrame {}

    /// In the track's own samples, see [io.tapedeck.timeline.clock.SoundCoding].
    ///
    /// @param silences packets of silence that go right before it
    record Sound(long firstSample, int samples, long silences) implements PlacedFrame {}

    /// Not to be seen or heard.
    record Dropped() implements PlacedFrame {}
}
