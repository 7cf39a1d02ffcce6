package io.tapedeck.playback.catalog;

/// What a rendition does not list any more, from its window 0 on.
///
/// @param windows how many, which is the number of the first one that is listed
/// @param discontinuities how many there are before that, and right before it
/// @param ticks how long they are together
public record Dropped(long windows, long discontinuities, long ticks) {

    public static final Dropped NOTHING = new Dropped(0, 0, 0);
}
