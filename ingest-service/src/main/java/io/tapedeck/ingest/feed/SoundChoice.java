package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;

/// Whether a camera's sound is copied. What its stream says of it is a guess; when what came out
/// cannot be planned, it is encoded from then on. Thread-safe.
final class SoundChoice {

    private volatile boolean encodes;

    /// @param guess whether it looks as if it could be copied
    boolean copies(boolean guess) {
        return guess && !encodes;
    }

    /// Whether it has turned out that sound has to be encoded.
    boolean encodes() {
        return encodes;
    }

    /// The same sink, which wants no more when sound turns out to be of no use as it is.
    CameraFeed.Sink guard(CameraFeed.Sink sink) {
        return new CameraFeed.Sink() {
            @Override
            public void header(String mimeType, byte[] bytes) throws InterruptedException {
                if (!encodes && !Mp4Sound.isPlannable(bytes)) {
                    encodes = true;
                    throw new InterruptedException("sound has to be encoded");
                }
                sink.header(mimeType, bytes);
            }

            @Override
            public void media(byte[] bytes) throws InterruptedException {
                sink.media(bytes);
            }
        };
    }
}
