package io.tapedeck.standalone;

import io.tapedeck.standalone.child.Child;
import io.tapedeck.standalone.child.ChildListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps the state file true whenever a child starts or dies, and passes the news on.
final class RunStatePublisher implements ChildListener {

    private final ChildListener next;
    private final RunStateFile file;
    private final Supplier<Optional<RunState>> state;

    /// @param state empty when there is nothing to publish
    RunStatePublisher(ChildListener next, RunStateFile file, Supplier<Optional<RunState>> state) {
        this.next = next;
        this.file = file;
        this.state = state;
    }

    void publish() {
        state.get().ifPresent(file::write);
    }

    @Override
    public void started(Child child) {
        next.started(child);
        publish();
    }

    @Override
    public void ready(Child child, Duration after) {
        next.ready(child, after);
    }

    @Override
    public void died(Child child, int exitCode, Duration pause) {
        next.died(child, exitCode, pause);
        publish();
    }
}
