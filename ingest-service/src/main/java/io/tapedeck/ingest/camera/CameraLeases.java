package io.tapedeck.ingest.camera;

import java.util.List;

/// Who pulls which camera, the same for all processes. Thread-safe. Each throws a runtime exception
/// when the database does not answer.
interface CameraLeases {

    /// Claims cameras that nobody pulls. Each has an epoch of its own from then on.
    List<CameraClaim> claim(int limit);

    /// Keeps a claim for another lease, and notes how the camera does.
    ///
    /// @return false when it is lost: somebody else has it, or the camera was deleted
    boolean renew(String cameraId, long epoch, CameraStatus status);

    /// Lets others have it at once.
    void release(String cameraId, long epoch);
}
