package io.tapedeck.standalone.child;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What to run and how to tell that it runs.
///
/// @param name unique, e.g. `worker-1`; also the name of the log file
/// @param port where it listens on 127.0.0.1
/// @param command argument list; must end by itself when its standard input closes
/// @param environment added to the launcher's own
/// @param log standard output and error are appended here
/// @param readiness asked until it says yes
/// @param stopTimeout how long it may take to end before it is killed
public record ChildSpec(
        String name,
        int port,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Readiness readiness,
        Duration stopTimeout) {

    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
