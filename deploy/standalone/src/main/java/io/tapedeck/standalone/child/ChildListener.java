package io.tapedeck.standalone.child;

import java.time.Duration;

/// Told about each turn in the life of a child, on that child's own thread. Must not block long.
public interface ChildListener {

    /// Says nothing to anybody.
    ChildListener SILENT =
            new ChildListener() {
                @Override
                public void started(Child child) {}

                @Override
                public void ready(Child child, Duration after) {}

                @Override
                public void died(Child child, int exitCode, Duration pause) {}
            };

    void started(Child child);

    void ready(Child child, Duration after);

    /// @param pause how long until it is started again
    void died(Child child, int exitCode, Duration pause);
}
