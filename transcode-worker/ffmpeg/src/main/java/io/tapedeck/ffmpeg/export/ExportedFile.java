package io.tapedeck.ffmpeg.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A finished file in the work directory. Closing deletes it.
///
/// @param sizeBytes its size
/// @param duration how long it plays
public record ExportedFile(Path path, long sizeBytes, Duration duration) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
