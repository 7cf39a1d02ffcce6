package io.tapedeck.standalone.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Archives of the classes that a child loads (class data sharing), which save it a third of its
/// start. A child without one notes what it loads, which costs nothing; once everything runs, a
/// process of low priority makes the archive out of that for the next start. The JVM itself checks
/// whether an archive fits, and does without it if not.
///
/// Not thread-safe before {@link #makeMissing}.
public final class ClassArchives implements AutoCloseable {

    /// Other checkouts and versions may want theirs.
    private static final int KEPT_PER_PROGRAM = 4;

    private static final Duration STALE = Duration.ofDays(1);

    private final Path directory;
    private final InstantSource clock;
    private final Map<String, Missing> missing = new LinkedHashMap<>();
    private @Nullable Process making;
    private boolean closed;

    /// @param noted class list of the running child
    private record Missing(JavaCommand command, Path noted, Path archive) {}

    /// @param cache where to keep them
    public ClassArchives(Path cache, InstantSource clock) {
        this.directory = cache.resolve("classes");
        this.clock = clock;
    }

    /// The command with its archive, or with what is needed to make one.
    ///
    /// @param program several children may run the same
    public JavaCommand speedUp(String program, JavaCommand command) {
        var fingerprint = Fingerprint.of(command);
        if (fingerprint == null) {
            return command;
        }
        try {
            Files.createDirectories(directory);
            var archive = directory.resolve(program + "-" + fingerprint + ".jsa");
            if (Files.exists(archive)) {
                touch(archive);
                return command.with("-XX:SharedArchiveFile=" + archive);
            }
            if (missing.containsKey(program)) {
                return command;
            }
            var noted = Files.createTempFile(directory, program + "-", ".classes");
            missing.put(program, new Missing(command, noted, archive));
            return command.with("-XX:DumpLoadedClassList=" + noted);
        } catch (IOException e) {
            return command; // slower, but no worse
        }
    }

    /// Makes what was missing, one after the other. Ends early when closed.
    public void makeMissing() {
        try {
            for (var entry : missing.entrySet()) {
                make(entry.getValue());
                forgetOld(entry.getKey() + "-", ".jsa");
            }
        } catch (IOException e) {
            // The next start tries again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends what is being made and removes the notes, those of killed launchers too. To be called
    /// after the children have ended.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (making != null) {
                making.destroyForcibly();
            }
        }
        removeNotes();
    }

    private void removeNotes() {
        try (var files = Files.list(directory)) {
            var old = clock.instant().minus(STALE);
            for (var file : files.toList()) {
                boolean isNote = file.toString().matches(".*\\.(classes|jsa\\.new)");
                boolean isOurs = missing.values().stream().anyMatch(it -> it.noted().equals(file));
                if (isOurs
                        || (isNote && Files.getLastModifiedTime(file).toInstant().isBefore(old))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // A few megabytes in a cache.
        }
    }

    private void make(Missing archive) throws IOException, InterruptedException {
        var aside = Files.createTempFile(directory, "making-", ".jsa.new");
        var command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(archive.command().dump(archive.noted(), aside));
        try {
            var process = start(command);
            if (process != null && process.waitFor() == 0 && Files.size(aside) > 0) {
                Files.move(aside, archive.archive(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private synchronized @Nullable Process start(List<String> command) throws IOException {
        if (closed) {
            return null;
        }
        making =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return making;
    }

    private void forgetOld(String prefix, String suffix) throws IOException {
        try (var files = Files.list(directory)) {
            var surplus =
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .filter(file -> file.toString().endsWith(suffix))
                            .sorted(Comparator.comparing(ClassArchives::lastUse).reversed())
                            .skip(KEPT_PER_PROGRAM)
                            .toList();
            for (var file : surplus) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Instant lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }
}
