package io.tapedeck.ffmpeg.segment;

/// A rendered window: an MPEG-TS segment and what was measured from its bytes.
///
/// @param bytes the segment. Not to be changed.
/// @param frames pictures in it
/// @param codecs RFC 6381 codecs, e.g. `avc1.64001f,mp4a.40.2`
/// @param sha256 lower-case hex digest of the bytes
public record RenderedSegment(byte[] bytes, int frames, String codecs, String sha256) {

    public long sizeBytes() {
        return bytes.length;
    }
}
