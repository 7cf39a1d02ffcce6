package io.tapedeck.standalone;

import io.tapedeck.standalone.child.Child;
import io.tapedeck.standalone.child.ChildListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// Tells the person at the terminal what happens, in plain lines; on a terminal the last line also
/// says what is still awaited. Thread-safe.
final class Narrator implements ChildListener {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private final Set<String> awaited = new LinkedHashSet<>();
    private final long startNanos = System.nanoTime();

    Narrator(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    synchronized void say(String line) {
        out.println((isTerminal ? CLEAR_LINE : "") + line);
        showAwaited();
    }

    /// Repeats the line about what is awaited, with the time so far.
    synchronized void showAwaited() {
        if (isTerminal && !awaited.isEmpty()) {
            out.print(
                    "%s  %s … %s"
                            .formatted(
                                    CLEAR_LINE,
                                    String.join(", ", awaited),
                                    seconds(Duration.ofNanos(System.nanoTime() - startNanos))));
            out.flush();
        }
    }

    @Override
    public synchronized void started(Child child) {
        awaited.add(child.spec().name());
        showAwaited();
    }

    @Override
    public synchronized void ready(Child child, Duration after) {
        awaited.remove(child.spec().name());
        say("  %-20s ready after %s".formatted(child.spec().name(), seconds(after)));
    }

    @Override
    public synchronized void died(Child child, int exitCode, Duration pause) {
        awaited.remove(child.spec().name());
        say(
                "  %-20s ended with code %d, starting it again in %s (%s)"
                        .formatted(
                                child.spec().name(), exitCode, seconds(pause), child.spec().log()));
    }

    /// No longer waits for anything.
    synchronized void forgetAwaited() {
        awaited.clear();
        if (isTerminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
