package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;

/// Reads one camera.
@FunctionalInterface
interface FeedReader {

    /// Connects and reads until the camera ends, fails, or `stopping` stops, after which it returns
    /// or throws soon.
    ///
    /// @param sink blocks while what was handed on before is being stored
    void read(CameraFeed.Sink sink, Stopping stopping)
            throws FeedException, IOException, InterruptedException;
}
