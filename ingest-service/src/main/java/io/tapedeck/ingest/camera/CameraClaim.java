package io.tapedeck.ingest.camera;

/// A camera that this process may pull, as long as nobody has a later epoch.
///
/// @param url where it is
/// @param epoch says that it is this claim and no other
/// @param place where its next chunk goes
/// @param slides whether old chunks are forgotten
/// @param status how it did when somebody looked last
record CameraClaim(
        String id, CameraUrl url, long epoch, Place place, boolean slides, CameraStatus status) {

    /// Where the next chunk of a camera goes.
    ///
    /// @param nextRun the run after the latest one
    record Place(String sessionId, long nextIndex, int nextRun) {

        static Place beginning(String sessionId) {
            return new Place(sessionId, 0, 0);
        }

        Place afterChunk(int run) {
            return new Place(sessionId, nextIndex + 1, run + 1);
        }
    }
}
