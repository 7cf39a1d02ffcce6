package io.tapedeck.ingest.camera;

import java.io.IOException;

/// Where a camera's bytes go. Thread-safe.
///
/// Each may throw [io.tapedeck.chassis.problem.ProblemException] when the session takes no more,
/// and any other runtime exception when the database does not answer.
interface CameraLog {

    /// Adds a chunk, once, however often it is tried. When this returns, it is safe.
    ///
    /// @throws IOException the store failed
    /// @throws LostException this epoch is over; nothing was added
    void append(String cameraId, long epoch, CameraClaim.Place place, int run, byte[] bytes)
            throws IOException, LostException;

    /// Ends a session that takes no more and begins another, once, however often it is tried.
    ///
    /// @return the session that the camera has now
    /// @throws LostException this epoch is over; nothing was changed
    String goOn(String cameraId, long epoch, String endedSessionId) throws LostException;

    /// The lease is over, somebody else pulls the camera, or it was deleted.
    final class LostException extends Exception {

        private static final long serialVersionUID = 1L;

        LostException() {
            super(
                    "its lease is over, somebody else pulls it, or it was deleted",
                    null,
                    false,
                    false);
        }
    }
}
