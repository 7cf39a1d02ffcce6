package io.tapedeck.playback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoredPieceTest {

    private static final List<StoredPiece> THREE =
            List.of(
                    StoredPiece.whole("a", 10),
                    StoredPiece.whole("b", 5),
                    StoredPiece.whole("c", 20));

    @Test
    void wholeIsWhole() {
        assertThat(StoredPiece.totalBytes(THREE)).isEqualTo(35);
        assertThat(StoredPiece.cut(THREE, 0, 34)).isEqualTo(THREE);
    }

    @Test
    void aRangeOverAllSeams() {
        assertThat(StoredPiece.cut(THREE, 9, 15))
                .containsExactly(
                        new StoredPiece("a", 9, 1),
                        new StoredPiece("b", 0, 5),
                        new StoredPiece("c", 0, 1));
    }

    @Test
    void everyRangeIsTheSameBytesAsOfTheWhole() {
        String text = "aaaaaaaaaabbbbbcccccccccccccccccccc";
        for (int first = 0; first < 35; first++) {
            for (int last = first; last < 35; last++) {
                var cut = new StringBuilder();
                for (StoredPiece piece : StoredPiece.cut(THREE, first, last)) {
                    cut.append(piece.objectKey().repeat((int) piece.lengthBytes()));
                }
                assertThat(cut).hasToString(text.substring(first, last + 1));
            }
        }
    }
}
