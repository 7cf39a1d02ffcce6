package io.tapedeck.ffmpeg.segment;

import java.util.Optional;

/// The picture that a segment begins with. It can be decoded without any other.
public final class FirstPicture {

    private FirstPicture() {}

    /// @param segment as [SegmentRenderer] makes them
    /// @return the access unit in Annex B, empty for sound alone
    public static Optional<byte[]> of(byte[] segment) {
        return TransportStream.read(segment).pictures().stream()
                .flatMap(pictured -> pictured.packets().stream())
                .findFirst()
                .map(TransportStream.Pes::payload);
    }
}
