package io.tapedeck.ingest.camera;

import java.net.URI;

/// Knows how to get at cameras. Thread-safe.
public interface CameraFeeds {

    /// Says whether a camera may be there at all: its scheme, and where its name leads now. A name
    /// that cannot be resolved is let through, for the camera may be off; whatever is connected to
    /// later is checked again then.
    ///
    /// @param url with its user and password, if it has them
    /// @throws FeedException `camera-address-refused`, and what the owner can do about it
    void check(URI url) throws FeedException;

    /// Opens nothing yet.
    ///
    /// @param url with its user and password, if it has them
    CameraFeed feed(URI url);
}
