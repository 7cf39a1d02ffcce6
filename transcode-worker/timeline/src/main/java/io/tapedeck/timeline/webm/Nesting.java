package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// Which master elements are open, and where in the run they end.
final class Nesting {

    enum Level {
        TOP,
        SEGMENT,
        CLUSTER,
        GROUP
    }

    static final long UNKNOWN = -1;

    private Level level = Level.TOP;
    private long segmentEnd = UNKNOWN;
    private long clusterEnd = UNKNOWN;
    private long groupEnd = UNKNOWN;

    Level level() {
        return level;
    }

    /// @param end [#UNKNOWN] where it ends with what cannot be inside
    void enterSegment(long end) {
        level = Level.SEGMENT;
        segmentEnd = end;
    }

    void enterCluster(long end) {
        level = Level.CLUSTER;
        clusterEnd = end;
    }

    void enterGroup(long end) {
        level = Level.GROUP;
        groupEnd = end;
    }

    void leave() {
        level =
                switch (level) {
                    case GROUP -> Level.CLUSTER;
                    case CLUSTER -> Level.SEGMENT;
                    case SEGMENT, TOP -> Level.TOP;
                };
    }

    /// Where the innermost open element ends that says so, or [#UNKNOWN].
    long limit() {
        return switch (level) {
            case GROUP -> groupEnd;
            case CLUSTER -> clusterEnd == UNKNOWN ? segmentEnd : clusterEnd;
            case SEGMENT -> segmentEnd;
            case TOP -> UNKNOWN;
        };
    }

    /// Whether the innermost open element ends with whatever cannot be inside.
    boolean isOpenEnded() {
        return switch (level) {
            case GROUP -> false;
            case CLUSTER -> clusterEnd == UNKNOWN;
            case SEGMENT -> segmentEnd == UNKNOWN;
            case TOP -> false;
        };
    }

    /// Continues behind lost bytes with a cluster. How many bytes are lost nobody knows, so a
    /// segment ends with what cannot be inside.
    void rejoin() {
        enterSegment(UNKNOWN);
    }

    void save(StateOutput out) {
        out.choice(level).number(segmentEnd).number(clusterEnd).number(groupEnd);
    }

    static Nesting restore(StateInput in) {
        Nesting nesting = new Nesting();
        nesting.level = in.choice(Level.class);
        nesting.segmentEnd = in.number();
        nesting.clusterEnd = in.number();
        nesting.groupEnd = in.number();
        return nesting;
    }

    /// The open segment and cluster, as every block in the cluster finds them.
    void saveCluster(StateOutput out) {
        out.number(segmentEnd).number(clusterEnd);
    }

    static Nesting restoreCluster(StateInput in) {
        Nesting nesting = new Nesting();
        nesting.enterSegment(in.number());
        nesting.enterCluster(in.number());
        return nesting;
    }
}
