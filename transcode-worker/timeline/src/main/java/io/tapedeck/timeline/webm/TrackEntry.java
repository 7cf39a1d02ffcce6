package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;

/// One track as the header has it.
///
/// @param type 1 pictures, 2 sound, others of no interest
/// @param encoded whether frames are compressed or encrypted once more by the container
record TrackEntry(
        int number,
        int type,
        String codecId,
        byte[] codecPrivate,
        long codecDelayNanos,
        boolean encoded,
        long widthPixels,
        long heightPixels,
        long channels) {

    static final int PICTURES = 1;
    static final int SOUND = 2;

    static TrackEntry read(Elements entry, long offsetBytes) throws MalformedStreamException {
        long number = 0;
        long type = 0;
        String codecId = "";
        byte[] codecPrivate = {};
        long codecDelayNanos = 0;
        boolean encoded = false;
        long width = 0;
        long height = 0;
        long channels = 1;
        while (entry.next()) {
            switch (entry.id()) {
                case Ids.TRACK_NUMBER -> number = entry.number();
                case Ids.TRACK_TYPE -> type = entry.number();
                case Ids.CODEC_ID -> codecId = entry.text();
                case Ids.CODEC_PRIVATE -> codecPrivate = entry.body();
                case Ids.CODEC_DELAY -> codecDelayNanos = entry.number();
                case Ids.CONTENT_ENCODINGS -> encoded = true;
                case Ids.VIDEO -> {
                    width = child(entry.children(), Ids.PIXEL_WIDTH, 0);
                    height = child(entry.children(), Ids.PIXEL_HEIGHT, 0);
                }
                case Ids.AUDIO -> channels = child(entry.children(), Ids.CHANNELS, 1);
                default -> {}
            }
        }
        if (number < 1 || number > Integer.MAX_VALUE || type > 255) {
            throw MalformedStreamException.at(offsetBytes, "a track has no valid number or type");
        }
        return new TrackEntry(
                (int) number,
                (int) type,
                codecId,
                codecPrivate,
                codecDelayNanos,
                encoded,
                width,
                height,
                channels);
    }

    private static long child(Elements master, int id, long otherwise)
            throws MalformedStreamException {
        long value = otherwise;
        while (master.next()) {
            if (master.id() == id) {
                value = master.number();
            }
        }
        return value;
    }
}
