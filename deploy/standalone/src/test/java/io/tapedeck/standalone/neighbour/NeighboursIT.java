package io.tapedeck.standalone.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.standalone.child.Child;
import java.nio.file.Path;
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
}
