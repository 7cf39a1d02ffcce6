package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.Display;
import io.tapedeck.timeline.MalformedStreamException;

/// One track as the header has it.
///
/// @param type 1 pictures, 2 sound, others of no interest
/// @param preferred whether it is one that players take unless told otherwise
/// @param packing whether the container compresses or encrypts frames once more
record TrackEntry(
        int number,
        int type,
        boolean preferred,
        String codecId,
        byte[] codecPrivate,
        long codecDelayNanos,
        Packing packing,
        Picture picture,
        Sound sound) {

    static final int PICTURES = 1;
    static final int SOUND = 2;

    /// What a container does to frames.
    enum Packing {
        PLAIN,
        COMPRESSED,
        ENCRYPTED
    }

    /// What is said of pictures.
    record Picture(long widthPixels, long heightPixels, Display display) {

        private static final Picture NONE = new Picture(0, 0, Display.PLAIN);

        /// Of sizes to show: another one than pixels or a shape says nothing of pixels.
        private static final int SHAPE = 3;

        private static final int INTERLACED = 1;

        private static Picture read(Elements video) throws MalformedStreamException {
            long width = 0;
            long height = 0;
            long shownWidth = 0;
            long shownHeight = 0;
            long unit = 0;
            Display display = Display.PLAIN;
            while (video.next()) {
                switch (video.id()) {
                    case Ids.PIXEL_WIDTH -> width = video.number();
                    case Ids.PIXEL_HEIGHT -> height = video.number();
                    case Ids.DISPLAY_WIDTH -> shownWidth = video.number();
                    case Ids.DISPLAY_HEIGHT -> shownHeight = video.number();
                    case Ids.DISPLAY_UNIT -> unit = video.number();
                    case Ids.FLAG_INTERLACED ->
                            display = video.number() == INTERLACED ? display.inFields() : display;
                    case Ids.COLOUR -> display = display.with(light(video.children()));
                    case Ids.PROJECTION -> display = display.rotated(-roll(video.children()));
                    default -> {}
                }
            }
            boolean shaped = shownWidth > 0 && shownHeight > 0 && unit <= SHAPE;
            return new Picture(
                    width,
                    height,
                    shaped ? stretched(display, width, height, shownWidth, shownHeight) : display);
        }

        /// Pixels are as wide as makes the size to show of the coded one. What differs by less than
        /// a pixel is rounding.
        private static Display stretched(
                Display display, long width, long height, long shownWidth, long shownHeight) {
            if (Math.max(Math.max(width, height), Math.max(shownWidth, shownHeight)) > 1 << 16) {
                return display;
            }
            long across = shownWidth * height;
            long down = shownHeight * width;
            return Math.abs(across - down) <= Math.max(shownWidth, shownHeight)
                    ? display
                    : display.withPixels(across, down);
        }

        private static Display.Light light(Elements colour) throws MalformedStreamException {
            long transfer = 0;
            while (colour.next()) {
                if (colour.id() == Ids.TRANSFER_CHARACTERISTICS) {
                    transfer = colour.number();
                }
            }
            return Display.Light.of(transfer);
        }

        /// Counter-clockwise (RFC 9559 section 5.1.4.1.28.46).
        private static int roll(Elements projection) throws MalformedStreamException {
            double degrees = 0;
            while (projection.next()) {
                if (projection.id() == Ids.PROJECTION_POSE_ROLL) {
                    degrees = projection.decimal();
                }
            }
            return (int) Math.round(degrees);
        }
    }

    /// What is said of sound.
    ///
    /// @param hertz of samples
    /// @param bits of a sample; 0 where nothing is said
    record Sound(double hertz, long channels, long bits) {

        /// What counts where nothing is said (RFC 9559 section 5.1.4.1.29).
        private static final Sound USUAL = new Sound(8000, 1, 0);

        private static Sound read(Elements audio) throws MalformedStreamException {
            double hertz = USUAL.hertz;
            long channels = USUAL.channels;
            long bits = USUAL.bits;
            while (audio.next()) {
                switch (audio.id()) {
                    case Ids.SAMPLING_FREQUENCY -> hertz = audio.decimal();
                    case Ids.CHANNELS -> channels = audio.number();
                    case Ids.BIT_DEPTH -> bits = audio.number();
                    default -> {}
                }
            }
            return new Sound(hertz, channels, bits);
        }
    }

    private static Packing packing(Elements encodings) throws MalformedStreamException {
        Packing packing = Packing.COMPRESSED;
        while (encodings.next()) {
            Elements encoding = encodings.children();
            while (encodings.id() == Ids.CONTENT_ENCODING && encoding.next()) {
                boolean encrypted =
                        encoding.id() == Ids.CONTENT_ENCRYPTION
                                || encoding.id() == Ids.CONTENT_ENCODING_TYPE
                                        && encoding.number() != 0;
                packing = encrypted ? Packing.ENCRYPTED : packing;
            }
        }
        return packing;
    }

    static TrackEntry read(Elements entry, long offsetBytes) throws MalformedStreamException {
        long number = 0;
        long type = 0;
        boolean preferred = true;
        String codecId = "";
        byte[] codecPrivate = {};
        long codecDelayNanos = 0;
        Packing packing = Packing.PLAIN;
        Picture picture = Picture.NONE;
        Sound sound = Sound.USUAL;
        while (entry.next()) {
            switch (entry.id()) {
                case Ids.TRACK_NUMBER -> number = entry.number();
                case Ids.TRACK_TYPE -> type = entry.number();
                case Ids.FLAG_DEFAULT, Ids.FLAG_ENABLED -> preferred &= entry.number() != 0;
                case Ids.CODEC_ID -> codecId = entry.text();
                case Ids.CODEC_PRIVATE -> codecPrivate = entry.body();
                case Ids.CODEC_DELAY -> codecDelayNanos = entry.number();
                case Ids.CONTENT_ENCODINGS -> packing = packing(entry.children());
                case Ids.VIDEO -> picture = Picture.read(entry.children());
                case Ids.AUDIO -> sound = Sound.read(entry.children());
                default -> {}
            }
        }
        if (number < 1 || number > Integer.MAX_VALUE || type > 255) {
            throw MalformedStreamException.at(offsetBytes, "a track has no valid number or type");
        }
        return new TrackEntry(
                (int) number,
                (int) type,
                preferred,
                codecId,
                codecPrivate,
                codecDelayNanos,
                packing,
                picture,
                sound);
    }
}
