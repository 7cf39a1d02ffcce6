package io.tapedeck.ingest.frames;

import java.io.IOException;

/// Where a connection's pictures and sound go. Thread-safe.
///
/// Each may throw [io.tapedeck.chassis.problem.ProblemException] for what will not get better, and
/// any other runtime exception when the database does not answer.
interface FramesLog {

    /// Opens a session that plays while it comes.
    ///
    /// @param clientId what people see of it
    /// @return its id
    String open(String clientId);

    /// Adds a chunk, once, however often it is tried. When this returns, it is safe.
    ///
    /// @throws IOException the store failed
    void append(String sessionId, FramesChunk chunk) throws IOException;

    /// Says that somebody still sends; else others complete the session after a while.
    void renew(String sessionId);

    /// Completes a session with what came, once, however often it is tried.
    void finish(String sessionId);
}
