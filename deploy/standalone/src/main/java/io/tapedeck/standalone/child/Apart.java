package io.tapedeck.standalone.child;

import java.util.List;

/// Keeps a child out of reach of the signals that a terminal or a supervisor sends to a whole group
/// of processes: the launcher gets them, and stops its children in order.
public final class Apart {

    private static final String SCRIPT =
            """
            if command -v setsid >/dev/null 2>&1
            then exec setsid "$@"
            else trap '' INT HUP; exec "$@"
            fi
            """;

    /// Put before an argument list. The process keeps its number.
    public static final List<String> PREFIX = List.of("/bin/sh", "-c", SCRIPT, "apart");

    private Apart() {}
}
