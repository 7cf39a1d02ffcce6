package io.tapedeck.standalone.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.standalone.child.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real broker, database and store.
class NeighboursIT {

    @Test
    void startStopAndComeBackOnTheSameData(@TempDir Path data) {
        for (int start = 0; start < 2; start++) {
            var neighbours = Neighbours.start(data);
            var handles =
                    neighbours.children().stream()
                            .map(Child::handle)
                            .map(Objects::requireNonNull)
                            .toList();
            assertThat(handles).hasSize(3).allMatch(ProcessHandle::isAlive);
            neighbours.close();
            assertThat(handles).noneMatch(ProcessHandle::isAlive);
        }
    }

    /// The machine went down, and after its start the number belongs to somebody else.
    @Test
    void startAfterACrash(@TempDir Path data) throws IOException {
        Neighbours.start(data).close();
        Files.write(
                data.resolve("postgres/postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        data.resolve("postgres").toString(),
                        "1700000000",
                        "5432",
                        "",
                        "127.0.0.1",
                        "        1         1",
                        "ready   "));
        try (var neighbours = Neighbours.start(data)) {
            assertThat(neighbours.children()).allMatch(Child::up);
        }
        // The disk was full when it should have been written.
        Files.writeString(data.resolve("postgres/postmaster.pid"), "");
        try (var neighbours = Neighbours.start(data)) {
            assertThat(neighbours.children()).allMatch(Child::up);
        }
    }
}
