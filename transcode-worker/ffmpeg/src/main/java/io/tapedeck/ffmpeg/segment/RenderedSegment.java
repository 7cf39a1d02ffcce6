package io.tapedeck.ffmpeg.segment;

/// A rendered window: an MPEG-TS segment and what was measured from its bytes.
///
/// @param bytes the segment. Not to be changed.
/// @param sha256 lower-case hex digest of the bytes
public record RenderedSegment(byte[] bytes, SegmentContents contents, String sha256) {

    /// Pictures in it.
    public int frames() {
        return contents.pictures();
    }

    /// RFC 6381 codecs, e.g. `avc1.64001f,mp4a.40.2`.
    public String codecs() {
        return contents.codecs();
    }

    public long sizeBytes() {
        return bytes.length;
    }
}
