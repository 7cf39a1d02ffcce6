package io.tapedeck.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// CPU time and memory of processes, by the kernel's account (proc(5)). Linux only.
public final class CpuClock {

    /// USER_HZ, which is 100 on every architecture that Linux still runs on.
    private static final long TICK_MILLIS = 10;

    private static final int ITSELF = 2;
    private static final int WITH_ENDED_CHILDREN = 4;

    private CpuClock() {}

    /// What a process itself has used; not its children.
    public static Duration own(long pid) {
        return used(pid, ITSELF);
    }

    /// What a process and all below it have used, those that ended too.
    public static Duration withDescendants(long pid) {
        Stream<ProcessHandle> all =
                ProcessHandle.of(pid).stream()
                        .flatMap(process ->
                                Stream.concat(Stream.of(process), process.descendants()));
        return all.map(process -> used(process.pid(), WITH_ENDED_CHILDREN))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// What children of this process have used that have ended.
    public static Duration endedChildren() {
        long pid = ProcessHandle.current().pid();
        return used(pid, WITH_ENDED_CHILDREN).minus(used(pid, ITSELF));
    }

    /// What a process has in memory.
    public static long residentBytes(long pid) {
        try {
            String pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", 3)[1];
            return Long.parseLong(pages) * 4096;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The fields utime, stime, cutime, cstime come 11 behind the name, which ends with the last
    /// parenthesis.
    private static Duration used(long pid, int fields) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = 0; i < fields; i++) {
                ticks += Long.parseLong(values[11 + i]);
            }
            return Duration.ofMillis(ticks * TICK_MILLIS);
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
