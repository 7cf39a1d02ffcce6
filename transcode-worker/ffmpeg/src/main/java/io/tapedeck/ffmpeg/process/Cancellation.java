package io.tapedeck.ffmpeg.process;

import java.util.ArrayList;
import java.util.List;

/// A switch that ends work going on in another thread. Thread-safe; once thrown it stays thrown.
public final class Cancellation {

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    /// A switch that nobody throws.
    public static Cancellation never() {
        return new Cancellation();
    }

    /// Ends the work. Returns at once; the call that does the work ends soon after.
    public void cancel() {
        List<Runnable> told;
        synchronized (listeners) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        synchronized (listeners) {
            return cancelled;
        }
    }

    /// Runs `action` when the switch is thrown, at once if it already is, until the returned
    /// registration is closed.
    Registration onCancel(Runnable action) {
        synchronized (listeners) {
            if (!cancelled) {
                listeners.add(action);
                return () -> {
                    synchronized (listeners) {
                        listeners.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }

    /// Ends a subscription.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
