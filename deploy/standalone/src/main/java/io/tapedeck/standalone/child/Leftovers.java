package io.tapedeck.standalone.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Processes that a killed launcher may have left behind.
public final class Leftovers {

    /// The kernel counts in ticks since boot; the boot time shifts when the clock is set.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    private static final Duration END_BY_THEMSELVES = Duration.ofSeconds(8);

    private static final long POLL_NANOS = 20_000_000;

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
        var stubborn = alive.stream().filter(Leftovers::lives).toList();
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

    /// Runs, and is not a zombie that only waits for its parent to take notice: in a container
    /// without a proper init those stay for ever.
    public static boolean lives(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            // proc(5): the state follows the program's name, which is in brackets and may hold any.
            var stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return handle.isAlive(); // gone meanwhile, or a system without /proc
        }
    }

    private static void await(List<ProcessHandle> handles, Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadlineNanos && handles.stream().anyMatch(Leftovers::lives)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
