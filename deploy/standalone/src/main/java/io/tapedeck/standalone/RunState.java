package io.tapedeck.standalone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.tapedeck.standalone.child.Leftovers;
import java.time.Instant;
import java.util.List;

/// What a running instance tells others in `DATA/run/state.json`.
///
/// @param url of the page
/// @param ready whether all parts were ready once
/// @param ownerKeyFile holds the owner key
/// @param launcherPid the process to end everything with
/// @param startedAtMillis since the epoch
/// @param processes its children
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunState(
        String url,
        boolean ready,
        String ownerKeyFile,
        long launcherPid,
        long startedAtMillis,
        List<RunningProcess> processes) {

    /// @param name e.g. `postgres`, `kafka`, `s3proxy`, `ingest`, `worker-1`, `playback`
    /// @param pid changes when it is started again
    /// @param port on 127.0.0.1
    /// @param startedAtMillis by the kernel's account; tells whether the pid is still this process
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RunningProcess(String name, long pid, int port, long startedAtMillis) {}

    /// How to find the children again, should they be left behind.
    List<Leftovers.Trace> traces() {
        return processes.stream()
                .map(process ->
                        new Leftovers.Trace(
                                process.pid(), Instant.ofEpochMilli(process.startedAtMillis())))
                .toList();
    }
}
