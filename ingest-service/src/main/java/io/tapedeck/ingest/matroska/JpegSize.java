package io.tapedeck.ingest.matroska;

import org.jspecify.annotations.Nullable;

/// How large a picture is, from its own header. Says no to everything that is not a whole JPEG
/// picture (ITU-T T.81, Annex B) of the kinds that are in use: baseline, extended and progressive,
/// of 8 bit.
public record JpegSize(int widthPixels, int heightPixels) {

    /// What a decoder may be asked for: a few bytes can claim four gigabytes.
    private static final int MOST_PIXELS = 1 << 24;

    private static final int PREFIX = 0xFF;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;

    /// @throws JpegException it is none
    public static JpegSize of(byte[] jpeg) throws JpegException {
        if (jpeg.length < 4 || at(jpeg, 0) != PREFIX || at(jpeg, 1) != SOI) {
            throw notJpeg("These bytes do not begin like a JPEG picture.");
        }
        @Nullable JpegSize size = null;
        int place = 2;
        while (true) {
            int marker = marker(jpeg, place);
            place = afterMarker(jpeg, place);
            if (marker == SOI || marker == EOI || place + 2 > jpeg.length) {
                throw cut();
            }
            int length = at(jpeg, place) << 8 | at(jpeg, place + 1);
            if (length < 2 || place + length > jpeg.length) {
                throw cut();
            }
            if (marker == SOS) {
                return whole(size, jpeg, place + length);
            }
            if (isFrameHeader(marker)) {
                size = read(jpeg, marker, place, length);
            }
            place += length;
        }
    }

    private static int marker(byte[] jpeg, int place) throws JpegException {
        if (place >= jpeg.length || at(jpeg, place) != PREFIX) {
            throw cut();
        }
        int at = place;
        while (at < jpeg.length && at(jpeg, at) == PREFIX) {
            at++;
        }
        return at < jpeg.length ? at(jpeg, at) : EOI;
    }

    /// A marker may have more than one prefix.
    private static int afterMarker(byte[] jpeg, int place) {
        int at = place;
        while (at < jpeg.length && at(jpeg, at) == PREFIX) {
            at++;
        }
        return at + 1;
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
    }

    private static JpegSize read(byte[] jpeg, int marker, int place, int length)
            throws JpegException {
        boolean known = marker <= 0xC2 && length >= 8 && at(jpeg, place + 2) == 8;
        if (!known) {
            throw notJpeg(
                    "This JPEG picture is coded in a way that is not known here. Send baseline JPEG"
                            + " of 8 bit.");
        }
        int height = at(jpeg, place + 3) << 8 | at(jpeg, place + 4);
        int width = at(jpeg, place + 5) << 8 | at(jpeg, place + 6);
        if (width == 0 || height == 0) {
            throw cut();
        }
        if ((long) width * height > MOST_PIXELS) {
            throw new JpegException(
                    true,
                    "%d × %d pixels are too many: at most 16.7 million.".formatted(width, height));
        }
        return new JpegSize(width, height);
    }

    private static JpegSize whole(@Nullable JpegSize size, byte[] jpeg, int from)
            throws JpegException {
        if (size == null) {
            throw cut();
        }
        for (int at = jpeg.length - 2; at >= from; at--) {
            if (at(jpeg, at) == PREFIX && at(jpeg, at + 1) == EOI) {
                return size;
            }
        }
        throw cut();
    }

    private static int at(byte[] jpeg, int place) {
        return jpeg[place] & 0xFF;
    }

    private static JpegException notJpeg(String detail) {
        return new JpegException(false, detail);
    }

    private static JpegException cut() {
        return notJpeg("This JPEG picture is damaged or cut short.");
    }
}
