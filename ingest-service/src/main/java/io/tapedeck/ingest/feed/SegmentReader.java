package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.io.InputStream;

/// An unbroken stream that comes in pieces. For one thread at a time.
sealed interface SegmentReader extends AutoCloseable
        permits TransportStreamReader, FragmentedReader {

    /// Reads one piece to its end.
    ///
    /// @return whether any of it was of use: a picture to begin with may still be missing
    boolean readSegment(InputStream in) throws IOException, FeedException;

    /// Hands on what is still inside.
    ///
    /// @throws FeedException nothing could be made of it
    void finish() throws FeedException;

    @Override
    void close();
}
