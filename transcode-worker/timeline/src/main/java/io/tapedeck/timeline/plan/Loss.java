package io.tapedeck.timeline.plan;

/// What is known to be missing of a run. Times are the session's, except where they are durations.
public sealed interface Loss {

    /// Lost bytes held so much time, which is left out: the timeline goes on at `atTicks` with the
    /// first frame that can be read again.
    ///
    /// @param durationTicks as the container's clock went on meanwhile; 0 where that cannot be told
    record Time(long atTicks, long durationTicks) implements Loss {}

    /// There is sound, but no picture, because those that came build upon one that is missing.
    record Pictures(long startTicks, long durationTicks) implements Loss {}
}
