package io.tapedeck.timeline;

/// How coded pictures are to be shown, as their container says.
///
/// @param rotationDegrees clockwise: 0, 90, 180 or 270
/// @param pixelWidth of a coded pixel, in relation to `pixelHeight`: both 1 where it is square
/// @param light what brightness numbers stand for
/// @param interlaced whether a picture may be two fields, taken one after the other
public record Display(
        int rotationDegrees, int pixelWidth, int pixelHeight, Light light, boolean interlaced) {

    /// As nearly everything is.
    public static final Display PLAIN = new Display(0, 1, 1, Light.STANDARD, false);

    /// Wider or narrower pixels are no pixels.
    private static final int MOST_STRETCHED = 10;

    /// What brightness numbers stand for (ITU-T H.273 section 8.2).
    public enum Light {
        STANDARD,
        /// Perceptual quantizer, SMPTE ST 2084: HDR10, Dolby Vision.
        PQ,
        /// Hybrid log-gamma, ARIB STD-B67: HDR of phones and broadcasts.
        HLG;

        private static final int CODE_PQ = 16;
        private static final int CODE_HLG = 18;

        /// @param transfer characteristics, by their number
        public static Light of(long transfer) {
            return transfer == CODE_PQ ? PQ : transfer == CODE_HLG ? HLG : STANDARD;
        }
    }

    public Display rotated(int degrees) {
        int whole = Math.floorMod(degrees, 360);
        return whole % 90 == 0
                ? new Display(whole, pixelWidth, pixelHeight, light, interlaced)
                : this;
    }

    /// With pixels of a shape; nonsense leaves them square.
    public Display withPixels(long width, long height) {
        boolean sane =
                width > 0
                        && height > 0
                        && width <= Integer.MAX_VALUE
                        && height <= Integer.MAX_VALUE
                        && width <= MOST_STRETCHED * height
                        && height <= MOST_STRETCHED * width;
        return sane
                ? new Display(
                        rotationDegrees,
                        width == height ? 1 : (int) width,
                        width == height ? 1 : (int) height,
                        light,
                        interlaced)
                : this;
    }

    public Display with(Light newer) {
        return new Display(rotationDegrees, pixelWidth, pixelHeight, newer, interlaced);
    }

    public Display inFields() {
        return new Display(rotationDegrees, pixelWidth, pixelHeight, light, true);
    }

    /// Whether decoded pictures can be shown as they are.
    public boolean isPlain() {
        return equals(PLAIN);
    }

    public boolean isSquare() {
        return pixelWidth == pixelHeight;
    }

    /// Whether height becomes width.
    public boolean isTurned() {
        return rotationDegrees % 180 != 0;
    }

    /// Width of coded pictures in square pixels, before they are rotated.
    public int squareWidth(int codedWidth) {
        return isSquare()
                ? codedWidth
                : (int) Math.max(1, (long) codedWidth * pixelWidth / pixelHeight);
    }
}
