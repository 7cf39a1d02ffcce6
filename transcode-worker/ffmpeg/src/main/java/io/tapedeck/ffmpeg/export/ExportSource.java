package io.tapedeck.ffmpeg.export;

import java.io.IOException;
import java.io.InputStream;

/// A segment to be exported.
///
/// @param sizeBytes its size, for progress
/// @param opener opens it; called once, when its turn comes; the exporter closes the stream
public record ExportSource(long sizeBytes, Opener opener) {

    /// Opens a segment's bytes.
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }
}
