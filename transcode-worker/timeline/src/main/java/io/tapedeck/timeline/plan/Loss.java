package io.tapedeck.timeline.plan;

/// What is known to be missing of a run. Times are the session's, except where they are durations.
public sealed interface Loss {

    /// Lost bytes held so much time, which is left out: the timeline goes on at `atTicks` with the
    /// first frame that can be read again.
    ///
    /// @param durationTicks as the container's clock went on meanwhile; 0 where that cannot be told
    record Time(long atTicks, long durationTicks) implements Loss {}

    /// The clock went on for so long without a frame that it is left out.
    ///
    /// @param startTicks where the timeline ends in front of it, to go on right behind
    /// @param durationTicks 0 where that cannot be told
    record Pause(long startTicks, long durationTicks) implements Loss {}

    /// There is sound, but no picture, because those that came build upon one that is missing.
    record Pictures(long startTicks, long durationTicks) implements Loss {}
}
