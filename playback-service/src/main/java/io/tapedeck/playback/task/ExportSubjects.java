package io.tapedeck.playback.task;

import java.util.Optional;

/// The sessions, as those who export them need them.
public interface ExportSubjects {

    /// Looks at a visible session and keeps its state until the caller's transaction ends. Empty
    /// when there is no such session. Must be called before any row of the session is touched.
    Optional<Subject> lock(String sessionId);

    /// What matters about one.
    ///
    /// @param recording whether bytes may still come
    /// @param hopeless whether there will never be anything to export
    /// @param generation which rendering its playlists show
    record Subject(boolean recording, boolean hopeless, int generation) {}
}
