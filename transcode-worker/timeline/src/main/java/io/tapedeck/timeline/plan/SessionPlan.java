package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;

/// Where a session's next run begins.
///
/// @param nextWindow number of its first window on the grid
/// @param nextOriginTicks its start on the session's timeline: the end of the run before, rounded
///   up to whole AAC frames
/// @param nextSourceWindow number of its first window that is cut at the source's own pictures
/// @param cuttable whether all runs could be cut so as yet
/// @param leaptTicks how much of the timeline is empty because clocks leapt
public record SessionPlan(
        long nextWindow,
        long nextOriginTicks,
        long nextSourceWindow,
        boolean cuttable,
        long leaptTicks) {

    /// Of a session without a run.
    public static final SessionPlan EMPTY = new SessionPlan(0, 0, 0, true, 0);

    public SessionPlan {
        if (originAfter(nextOriginTicks) != nextOriginTicks) {
            throw new IllegalArgumentException(
                    "Origin off the grid of AAC frames: " + nextOriginTicks);
        }
    }

    /// The same, with nothing to be cut at the source's own pictures any more.
    public SessionPlan uncut() {
        return new SessionPlan(nextWindow, nextOriginTicks, nextSourceWindow, false, leaptTicks);
    }

    /// The same, with all leaps forgotten that count towards what one session may leap.
    public SessionPlan withoutLeaps() {
        return new SessionPlan(nextWindow, nextOriginTicks, nextSourceWindow, cuttable, 0);
    }

    /// A planner for the next run.
    ///
    /// @param run its number, copied into its windows
    public RunPlanner start(int run) {
        return start(run, Grid.USUAL);
    }

    /// A planner for the next run.
    ///
    /// @param run its number, copied into its windows
    public RunPlanner start(int run, Grid grid) {
        return RunPlanner.start(run, this, grid);
    }

    /// A planner for the next run that is fed the list of an MP4 file's frames (see
    /// [io.tapedeck.timeline.mp4.Mp4Index]) instead of the file. Byte spans are the file's all the
    /// same.
    public RunPlanner startIndexed(int run, Grid grid) {
        return RunPlanner.startIndexed(run, this, grid);
    }

    /// The plan behind one of its runs that has ended.
    public SessionPlan after(RunPlanner ended) {
        if (ended.nextWindow() < nextWindow || ended.plannedTicks() < nextOriginTicks) {
            throw new IllegalArgumentException("Run %d is not of this plan".formatted(ended.run()));
        }
        return new SessionPlan(
                ended.nextWindow(),
                originAfter(ended.plannedTicks()),
                ended.nextSourceWindow(),
                ended.isCuttable(),
                ended.leaptTicks());
    }

    /// The first possible start behind `endTicks`.
    public static long originAfter(long endTicks) {
        return Math.ceilDiv(endTicks, Ticks.PER_AAC_FRAME) * Ticks.PER_AAC_FRAME;
    }
}
