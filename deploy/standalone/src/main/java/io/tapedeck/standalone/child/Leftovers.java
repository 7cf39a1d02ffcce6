package io.tapedeck.standalone.child;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Processes that a killed launcher may have left behind.
public final class Leftovers {

    /// The kernel counts in ticks since boot; the boot time shifts when the clock is set.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    private static final Duration END_BY_THEMSELVES = Duration.ofSeconds(8);

    /// @param pid process number, which may since belong to somebody else
    /// @param startedAt tells whether it does
    public record Trace(long pid, Instant startedAt) {}

    private Leftovers() {}

    /// Waits for those that are still ending (their tether is cut), then kills what remains.
    ///
    /// @return how many had to be killed
    public static int clear(List<Trace> traces) {
        var alive = traces.stream().flatMap(Leftovers::find).toList();
        await(alive, END_BY_THEMSELVES);
        var stubborn = alive.stream().filter(ProcessHandle::isAlive).toList();
        stubborn.stream()
                .flatMap(handle -> Stream.concat(handle.descendants(), Stream.of(handle)))
                .forEach(ProcessHandle::destroyForcibly);
        await(stubborn, END_BY_THEMSELVES);
        return stubborn.size();
    }

    private static Stream<ProcessHandle> find(Trace trace) {
        return ProcessHandle.of(trace.pid()).stream()
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        handle.info()
                                .startInstant()
                                .filter(instant -> isClose(instant, trace.startedAt()))
                                .isPresent());
    }

    private static boolean isClose(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(START_TOLERANCE) <= 0;
    }

    private static void await(List<ProcessHandle> handles, Duration atMost) {
        CompletableFuture.allOf(
                        handles.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
