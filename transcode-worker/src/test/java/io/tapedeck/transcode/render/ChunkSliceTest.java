package io.tapedeck.transcode.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkSliceTest {

    private static final List<ChunkSlice.Placed> CHUNKS =
            List.of(
                    new ChunkSlice.Placed("a", 0, 0, 10),
                    new ChunkSlice.Placed("b", 0, 10, 5),
                    new ChunkSlice.Placed("c", 100, 15, 20));

    @Test
    void cutsASpanOutOfTheChunksItLiesIn() {
        assertThat(ChunkSlice.cut(CHUNKS, 4, 18))
                .containsExactly(
                        new ChunkSlice("a", 4, 6),
                        new ChunkSlice("b", 0, 5),
                        new ChunkSlice("c", 100, 3));
    }

    @Test
    void leavesOutWhatTheSpanOnlyTouches() {
        assertThat(ChunkSlice.cut(CHUNKS, 10, 15)).containsExactly(new ChunkSlice("b", 0, 5));
    }

    @Test
    void anEmptySpanIsNothing() {
        assertThat(ChunkSlice.cut(CHUNKS, 7, 7)).isEmpty();
    }

    @Test
    void refusesASpanThatIsNotCovered() {
        assertThatThrownBy(() -> ChunkSlice.cut(CHUNKS, 30, 40))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> ChunkSlice.cut(List.of(CHUNKS.getFirst(), CHUNKS.getLast()), 0, 20))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void knowsWhatIsCovered() {
        assertThat(ChunkSlice.cover(CHUNKS, 4, 12)).isTrue();
        assertThat(ChunkSlice.cover(CHUNKS, 7, 7)).isTrue();
        assertThat(ChunkSlice.cover(CHUNKS, 30, 40)).isFalse();
        assertThat(ChunkSlice.cover(List.of(CHUNKS.getFirst(), CHUNKS.getLast()), 0, 20)).isFalse();
        assertThat(ChunkSlice.cover(List.of(), 0, 1)).isFalse();
    }
}
