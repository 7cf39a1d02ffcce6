package io.tapedeck.playback.catalog;

/// How far a rendition can be listed before it is rendered: windows 0, 1, 2… of its cut without a
/// hole. Nothing of a live session can.
///
/// @param ticks how long they are together
public record Foreseen(long windows, long ticks) {

    static final Foreseen NOTHING = new Foreseen(0, 0);
}
