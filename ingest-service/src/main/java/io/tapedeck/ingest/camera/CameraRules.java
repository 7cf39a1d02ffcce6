package io.tapedeck.ingest.camera;

import java.time.Duration;

/// What a keeper keeps to.
///
/// @param lease for how long a claim is another's taboo without a sign of life
/// @param mostCameras of this process
/// @param sessionChunks after so many, a camera that keeps everything goes on in another session
/// @param slidingChunks the same for one whose old chunks are forgotten
/// @param sessionRuns the same for runs
/// @param longestRun after so long another run begins, although the connection stands: times of a
///   run are counted from its beginning, by the camera's clock
record CameraRules(
        Duration lease,
        int mostCameras,
        long sessionChunks,
        long slidingChunks,
        int sessionRuns,
        Duration longestRun) {

    /// Three fit into a lease, so that one may fail.
    Duration renewal() {
        return lease.multipliedBy(3).dividedBy(10);
    }

    /// How long after the last renewal pulling stops: before others may begin, even if stopping
    /// takes a moment.
    Duration patience() {
        return lease.multipliedBy(9).dividedBy(10);
    }

    /// Whether the session has room for another run's first two chunks, and the next chunk.
    boolean isFull(CameraClaim.Place place, boolean slides) {
        return place.nextIndex() + 2 > (slides ? slidingChunks : sessionChunks)
                || place.nextRun() > sessionRuns;
    }
}
