package io.tapedeck.timeline.stream;

/// One coded picture or packet of sound as its container dates it.
///
/// @param startBytes where in the run reading has to begin to find it: its container element or the
///   fragment it is part of
/// @param endBytes where it ends, exclusive
/// @param ticks as the container says, on the container's own clock; may be negative
/// @param keyframe whether decoding can start here; without meaning for sound
/// @param idr whether it is an IDR picture of H.264; false where the parser collects payloads
/// @param sizeBytes of the payload, all of it
/// @param payload coded bytes; only the first [#HEAD_BYTES] where the parser does not collect
///   payloads
public record Block(
        Kind kind,
        long startBytes,
        long endBytes,
        long ticks,
        boolean keyframe,
        boolean idr,
        int sizeBytes,
        byte[] payload) {

    /// What can be told without the payload: enough for how long a packet of any sound is.
    public static final int HEAD_BYTES = 16;

    /// Which of the at most two tracks.
    public enum Kind {
        PICTURE,
        SOUND
    }
}
