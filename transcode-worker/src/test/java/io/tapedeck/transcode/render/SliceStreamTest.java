package io.tapedeck.transcode.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.transcode.Shelf;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceStreamTest {

    private final Shelf shelf =
            new Shelf().with("a", "0123456789".getBytes(UTF_8)).with("b", "abcdef".getBytes(UTF_8));
    private final ChunkObjects chunks = new ChunkObjects(shelf);

    @Test
    void readsSlicesOneBehindTheOther() throws IOException {
        try (var in =
                new SliceStream(
                        chunks, List.of(new ChunkSlice("a", 8, 2), new ChunkSlice("b", 0, 3)))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("89abc");
        }
        assertThat(shelf.open()).isZero();
    }

    @Test
    void opensAnObjectOnlyWhenItsTurnComes() throws IOException {
        try (var in =
                new SliceStream(
                        chunks, List.of(new ChunkSlice("a", 0, 2), new ChunkSlice("b", 0, 3)))) {
            assertThat(in.read()).isEqualTo('0');
            assertThat(shelf.opened()).isEqualTo(1);
        }
        assertThat(shelf.open()).isZero();
    }

    @Test
    void anObjectThatIsTooShortIsLost() {
        var in = new SliceStream(chunks, List.of(new ChunkSlice("b", 4, 10)));

        assertThatThrownBy(in::readAllBytes).isInstanceOf(LostChunkException.class);
    }
}
