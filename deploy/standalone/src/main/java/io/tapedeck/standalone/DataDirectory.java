package io.tapedeck.standalone;

import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The directory that holds everything, locked for as long as it is open.
///
/// `secrets` keys and passwords · `postgres`, `kafka`, `objects` what the neighbours keep · `logs`
/// one per process · `run` the lock and what is only true while running.
final class DataDirectory implements AutoCloseable {

    /// The broker and the database need room to shut down in order.
    private static final long LEAST_FREE_BYTES = 512L << 20;

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// @throws CannotStart when it is not writable, nearly full, or another's
    static DataDirectory open(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute.resolve("run"));
            Files.createDirectories(absolute.resolve("logs"));
            if (!Files.isWritable(absolute)) {
                throw new IOException("permission denied");
            }
            refuseFullDisk(absolute);
            return new DataDirectory(absolute, lock(absolute));
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write to the data directory %s: choose another with --data DIR"
                            .formatted(absolute),
                    e);
        }
    }

    Path path() {
        return path;
    }

    boolean isNearlyFull() {
        try {
            return freeBytes(path) < LEAST_FREE_BYTES;
        } catch (IOException e) {
            return false; // gone; the children will say so
        }
    }

    /// Gives up the lock.
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void refuseFullDisk(Path path) throws IOException {
        long freeBytes = freeBytes(path);
        if (freeBytes < LEAST_FREE_BYTES) {
            throw new CannotStart(
                    "the disk of %s is nearly full: %d MiB free, %d MiB needed"
                            .formatted(path, freeBytes >> 20, LEAST_FREE_BYTES >> 20));
        }
    }

    private static long freeBytes(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    private static FileChannel lock(Path path) throws IOException {
        var channel =
                FileChannel.open(
                        path.resolve("run/lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CannotStart(
                    "the data directory %s belongs to a running Tapedeck%s: stop it, or choose another with --data DIR"
                            .formatted(path, whose(path)));
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String whose(Path path) {
        return new RunStateFile(path)
                .read()
                .map(state -> " (%s, process %d)".formatted(state.url(), state.launcherPid()))
                .orElse("");
    }
}
