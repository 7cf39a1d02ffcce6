package io.tapedeck.transcode.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.transcode.Shelf;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ChunkObjectsTest {

    private final Shelf shelf = new Shelf().with("a", new byte[10]);
    private final ChunkObjects chunks = new ChunkObjects(shelf);

    @Test
    void readsARange() throws IOException {
        try (InputStream in = chunks.open("a", 2, 8)) {
            assertThat(in.readAllBytes()).hasSize(8);
        }
        assertThat(shelf.open()).isZero();
    }

    @Test
    void anObjectThatIsNotThereIsLost() {
        assertThatThrownBy(() -> chunks.open("b", 0, 1))
                .isInstanceOf(LostChunkException.class)
                .hasMessageContaining("b is missing");
    }

    @Test
    void anObjectThatEndsBeforeTheRangeIsLost() throws IOException {
        try (InputStream in = chunks.open("a", 8, 8)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(LostChunkException.class)
                    .hasMessageContaining("has 10 bytes instead of at least 16");
        }
    }

    @Test
    void anObjectThatEndsBeforeTheRangeBeginsIsLost() {
        assertThatThrownBy(() -> chunks.open("a", 12, 4)).isInstanceOf(LostChunkException.class);
    }

    @Test
    void aStoreThatIsAwayHasLostNothing() {
        shelf.goAway();

        assertThatIOException()
                .isThrownBy(() -> chunks.open("a", 0, 10))
                .isNotInstanceOf(LostChunkException.class)
                .withMessage("connection refused");
    }

    @Test
    void aStoreThatGoesAwayWhileItSendsHasLostNothing() throws IOException {
        try (InputStream in = chunks.open("a", 8, 8)) {
            shelf.goAway();

            assertThatIOException()
                    .isThrownBy(in::readAllBytes)
                    .isNotInstanceOf(LostChunkException.class);
        }
    }
}
