package io.tapedeck.ffmpeg.export;

import static io.tapedeck.ffmpeg.export.ExportException.Reason.FFMPEG_FAILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is there when it was made, and not when making it failed.
final class NewFile {

    private NewFile() {}

    /// Fills an empty file.
    interface Making {
        ExportedFile into(Path file) throws ExportException, IOException;
    }

    /// @param directory created when missing
    /// @param prefix of its name; the rest is random
    /// @throws ExportException what `making` says, or that the file could not be written
    static ExportedFile make(Path directory, String prefix, Making making) throws ExportException {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, prefix, ".mp4");
            boolean made = false;
            try {
                ExportedFile exported = making.into(file);
                made = true;
                return exported;
            } finally {
                if (!made) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new ExportException(
                    FFMPEG_FAILED, "The server could not write the file: " + e.getMessage(), e);
        }
    }
}
