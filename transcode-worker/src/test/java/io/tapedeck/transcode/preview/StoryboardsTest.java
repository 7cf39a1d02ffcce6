package io.tapedeck.transcode.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.preview.Sheet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoryboardsTest {

    private static final Sheet TILE = new Sheet(160, 90, 1, 1);

    @Test
    void showsEachWindowOfAShortRecording() {
        assertThat(Storyboards.tiles(shots(300))).hasSize(300);
    }

    @Test
    void showsALongOneAtEqualDistances() {
        List<Shot> tiles = Storyboards.tiles(shots(5400));

        assertThat(tiles).hasSize(300);
        assertThat(tiles).extracting(Shot::window).startsWith(0L, 18L, 36L);
    }

    @Test
    void looksForAPosterInTheBeginning() {
        assertThat(Storyboards.candidates(shots(300)))
                .hasSize(10)
                .allSatisfy(shot -> assertThat(shot.window()).isLessThan(100));
        assertThat(Storyboards.candidates(shots(1))).hasSize(1);
    }

    @Test
    void fillsOneSheetAfterTheOther() {
        assertThat(Storyboards.sheets(TILE, 7)).containsExactly(TILE.of(7, 1));
        assertThat(Storyboards.sheets(TILE, 213))
                .containsExactly(TILE.of(10, 10), TILE.of(10, 10), TILE.of(10, 2));
    }

    private static List<Shot> shots(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Shot(i, i * 180_000L, (i + 1) * 180_000L, "key" + i, 1))
                .toList();
    }
}
