package io.tapedeck.ffmpeg.preview;

/// Where small pictures lie on a large one.
public record Sheet(int tileWidthPixels, int tileHeightPixels, int columns, int rows) {

    public Sheet {
        if (Math.min(tileWidthPixels, tileHeightPixels) < 1 || Math.min(columns, rows) < 1) {
            throw new IllegalArgumentException("a sheet without a pixel");
        }
    }

    /// One picture alone, of the same shape, no wider or higher than `mostPixels`; of even numbers
    /// of pixels, as video has them.
    public static Sheet single(int widthPixels, int heightPixels, int mostPixels) {
        int longSide = Math.max(widthPixels, heightPixels);
        int shown = Math.min(longSide, mostPixels);
        return new Sheet(
                even(widthPixels, shown, longSide), even(heightPixels, shown, longSide), 1, 1);
    }

    private static int even(int pixels, int shown, int longSide) {
        return Math.max(2, (int) Math.round((double) pixels * shown / longSide / 2) * 2);
    }

    /// The same tiles in another number.
    public Sheet of(int otherColumns, int otherRows) {
        return new Sheet(tileWidthPixels, tileHeightPixels, otherColumns, otherRows);
    }

    public int tiles() {
        return columns * rows;
    }

    public int widthPixels() {
        return columns * tileWidthPixels;
    }

    public int heightPixels() {
        return rows * tileHeightPixels;
    }
}
