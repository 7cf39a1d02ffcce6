package io.tapedeck.transcode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A directory of this process under one that workers share. Its name is the process id, so that
/// what a killed worker left behind is found and removed by the next one that starts here.
public final class WorkDirectory {

    private final Path shared;
    private final Path own;

    WorkDirectory(Path shared) {
        this.shared = shared;
        this.own = shared.resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /// Where it is.
    public Path path() {
        return own;
    }

    /// Makes it, empty, and removes those of processes that are gone.
    WorkDirectory make() {
        try {
            Files.createDirectories(shared);
            removeLeftBehind();
            remove(own);
            Files.createDirectory(own);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot work in " + own, e);
        }
    }

    /// Removes it as far as that works.
    void remove() {
        remove(own);
    }

    private void removeLeftBehind() throws IOException {
        List<Path> directories;
        try (Stream<Path> entries = Files.list(shared)) {
            directories = entries.filter(Files::isDirectory).toList();
        }
        directories.stream().filter(WorkDirectory::leftBehind).forEach(WorkDirectory::remove);
    }

    private static boolean leftBehind(Path directory) {
        try {
            long pid = Long.parseLong(directory.getFileName().toString());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(WorkDirectory.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind {0}: {1}", directory, e);
        }
    }
}
