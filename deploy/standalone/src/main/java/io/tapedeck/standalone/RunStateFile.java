package io.tapedeck.standalone;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapedeck.standalone.child.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// `state.json`: replaced whole, so that a reader never sees half of it. Thread-safe.
public final class RunStateFile {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    /// @param data the data directory
    public RunStateFile(Path data) {
        this.file = data.resolve("run/state.json");
    }

    /// Empty when there is none or it cannot be understood.
    public Optional<RunState> read() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), RunState.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A child as the state file names it; nothing between two of its lives.
    static Stream<RunState.RunningProcess> describe(Child child) {
        var handle = child.handle();
        if (handle == null) {
            return Stream.empty();
        }
        long startedAtMillis = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return Stream.of(
                new RunState.RunningProcess(
                        child.spec().name(), handle.pid(), child.spec().port(), startedAtMillis));
    }

    /// Never fails: those who publish keep children running, which a full disk must not end.
    synchronized void write(RunState state) {
        var aside = file.resolveSibling("state.json.new");
        try {
            Files.write(aside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // The data directory was removed under us, and nobody is left to read it.
        } catch (IOException e) {
            // The next turn of a child writes it anew.
            System.err.println("tapedeck: cannot write " + file + ": " + e);
        }
    }

    synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next start finds processes that are gone, and goes on.
        }
    }
}
