package io.tapedeck.transcode.contract;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Names export tasks, so that whoever asks for the same file of the same rendering means the same
/// task: the worker at the end of a session, a person, and both a second time.
public final class ExportTaskId {

    private ExportTaskId() {}

    /// The task that makes `format` of one generation of a session. A name-based UUID (RFC 9562
    /// §5.3) over the three.
    public static String of(String sessionId, String format, int generation) {
        var name = "%s/%s/%d".formatted(sessionId, format, generation);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
