package io.tapedeck.ingest.camera;

/// Bytes of one camera, as a chunk log takes them. For one thread at a time; each call connects
/// anew.
public interface CameraFeed {

    /// Connects and hands on what comes, until the source ends, fails, or the thread is
    /// interrupted. Everything it opened is closed when this returns or throws.
    ///
    /// @param sink where each unbroken stream begins with a header
    /// @throws FeedException always, but for an interruption: a camera that ends is offline too
    /// @throws InterruptedException the thread was interrupted, or the sink wants no more
    void pull(Sink sink) throws FeedException, InterruptedException;

    /// Takes a camera's bytes.
    interface Sink {

        /// Starts a run: what tells how to read the rest, and no media.
        ///
        /// @param mimeType e.g. `video/x-matroska` or `video/mp4`
        /// @param bytes EBML header, segment and tracks, or `ftyp` and `moov`
        void header(String mimeType, byte[] bytes) throws InterruptedException;

        /// Whole clusters or whole fragments, about half a second of them, which can be read
        /// without those before. Blocks while the store is slow: then the feed must not read on
        /// without bound.
        void media(byte[] bytes) throws InterruptedException;
    }
}
