package io.tapedeck.e2e.camera;

import java.awt.Color;
import java.awt.Graphics2D;
import java.time.Instant;
import java.util.OptionalLong;

/// The time, painted into a picture so that it can be read from what a player decodes, also after
/// scaling and re-encoding.
///
/// The upper third is a grid of 12 × 5 blocks, black for 0 and white for 1, row by row and the
/// highest bit first: 48 bit of milliseconds since 1970, then 12 bit that check them. The same
/// blocks are found in a picture of any size, as long as it is scaled as a whole.
public final class BurntClock {

    private static final int COLUMNS = 12;
    private static final int ROWS = 5;
    private static final int TIME_BITS = 48;
    private static final int CHECK_BITS = COLUMNS * ROWS - TIME_BITS;

    private BurntClock() {}

    /// Paints the time over the upper third of a picture.
    public static void paint(Graphics2D pen, Instant time, int widthPixels, int heightPixels) {
        long millis = time.toEpochMilli() & ((1L << TIME_BITS) - 1);
        long bits = millis << CHECK_BITS | check(millis);
        for (int block = 0; block < COLUMNS * ROWS; block++) {
            int column = block % COLUMNS;
            int row = block / COLUMNS;
            int x = widthPixels * column / COLUMNS;
            int y = heightPixels / 3 * row / ROWS;
            pen.setColor(
                    (bits >>> (COLUMNS * ROWS - 1 - block) & 1) == 1 ? Color.WHITE : Color.BLACK);
            pen.fillRect(
                    x,
                    y,
                    widthPixels * (column + 1) / COLUMNS - x,
                    heightPixels / 3 * (row + 1) / ROWS - y);
        }
    }

    /// Reads the time.
    ///
    /// @param gray one byte for each pixel, row by row
    /// @return milliseconds since 1970; empty when there is no time in the picture
    public static OptionalLong read(byte[] gray, int widthPixels, int heightPixels) {
        long bits = 0;
        for (int block = 0; block < COLUMNS * ROWS; block++) {
            long light = light(gray, widthPixels, heightPixels, block % COLUMNS, block / COLUMNS);
            bits = bits << 1 | (light > 127 ? 1 : 0);
        }
        long millis = bits >>> CHECK_BITS;
        boolean right = (bits & ((1L << CHECK_BITS) - 1)) == check(millis);
        return right ? OptionalLong.of(millis) : OptionalLong.empty();
    }

    /// How light the middle of a block is: its edges are smeared.
    private static long light(byte[] gray, int width, int height, int column, int row) {
        long sum = 0;
        int count = 0;
        int quarterWidth = Math.max(1, width / COLUMNS / 4);
        int quarterHeight = Math.max(1, height / 3 / ROWS / 4);
        int middleX = width * (2 * column + 1) / (2 * COLUMNS);
        int middleY = height / 3 * (2 * row + 1) / (2 * ROWS);
        for (int y = middleY - quarterHeight; y < middleY + quarterHeight; y++) {
            for (int x = middleX - quarterWidth; x < middleX + quarterWidth; x++) {
                sum += gray[y * width + x] & 0xFF;
                count++;
            }
        }
        return sum / count;
    }

    /// Neither all black nor all white is a time.
    private static long check(long millis) {
        return (millis * 0x9E3779B97F4A7C15L + 0xA5A5_5DEE_CE66_D123L) >>> (Long.SIZE - CHECK_BITS);
    }
}
