package io.tapedeck.ffmpeg.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A finished file in the work directory. Closing deletes it.
///
/// @param offsetBytes where in it the file really begins
/// @param sizeBytes its size, from there
/// @param duration how long it plays
public record ExportedFile(Path path, long offsetBytes, long sizeBytes, Duration duration)
        implements AutoCloseable {

    public ExportedFile(Path path, long sizeBytes, Duration duration) {
        this(path, 0, sizeBytes, duration);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
