package io.tapedeck.standalone.child;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The log of a child: one file and one older one, so that a child which complains all night does
/// not fill the disk.
final class LogFile {

    static final long LARGE_BYTES = 16L << 20;
    private static final int TAIL_BYTES = 4_096;

    private LogFile() {}

    /// Copies a large log aside and empties it in place. The child writes in append mode, so it
    /// goes on at the new end.
    static void rotateIfLarge(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) < LARGE_BYTES) {
            return;
        }
        Files.copy(
                log,
                log.resolveSibling(log.getFileName() + ".1"),
                StandardCopyOption.REPLACE_EXISTING);
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(0);
        }
    }

    /// The last line that says something, or a dash.
    static String lastLine(Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            var tail = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((earlier, later) -> later)
                    .orElse("-");
        } catch (IOException e) {
            return "-";
        }
    }
}
