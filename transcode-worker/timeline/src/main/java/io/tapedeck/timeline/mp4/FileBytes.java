package io.tapedeck.timeline.mp4;

import java.io.IOException;

/// A whole file that can be read anywhere.
public interface FileBytes {

    long sizeBytes();

    /// All of `[offsetBytes, offsetBytes + lengthBytes)`, which is in the file.
    ///
    /// @throws IOException it could not be read
    byte[] read(long offsetBytes, int lengthBytes) throws IOException;
}
