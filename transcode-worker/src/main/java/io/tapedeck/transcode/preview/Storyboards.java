package io.tapedeck.transcode.preview;

import io.tapedeck.ffmpeg.preview.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Decides what a storyboard shows.
final class Storyboards {

    /// Of a recording of any length: enough to find a place in it, and little enough to load.
    static final int MOST_TILES = 300;

    /// Three hundred of them are about a megabyte.
    static final int TILE_PIXELS = 160;

    private static final int COLUMNS = 10;
    private static final int ROWS = 10;

    /// A poster is looked for in the beginning, where people say what it is about.
    private static final int POSTER_SHARE = 3;

    private static final int POSTER_CANDIDATES = 10;

    private Storyboards() {}

    /// At equal distances, the first one always.
    static List<Shot> tiles(List<Shot> shots) {
        int step = Math.max(1, Math.ceilDiv(shots.size(), MOST_TILES));
        return every(step, shots);
    }

    /// Which tiles may become the poster.
    static List<Shot> candidates(List<Shot> tiles) {
        List<Shot> beginning = tiles.subList(0, Math.ceilDiv(tiles.size(), POSTER_SHARE));
        return every(Math.ceilDiv(beginning.size(), POSTER_CANDIDATES), beginning);
    }

    private static List<Shot> every(int step, List<Shot> shots) {
        return IntStream.range(0, shots.size())
                .filter(place -> place % step == 0)
                .mapToObj(shots::get)
                .toList();
    }

    /// The sheets that hold so many tiles, filled one after the other.
    ///
    /// @param tile a sheet of one
    static List<Sheet> sheets(Sheet tile, int tiles) {
        var sheets = new ArrayList<Sheet>();
        int columns = Math.min(COLUMNS, tiles);
        for (int left = tiles; left > 0; left -= COLUMNS * ROWS) {
            sheets.add(tile.of(columns, Math.min(ROWS, Math.ceilDiv(left, columns))));
        }
        return sheets;
    }
}
