package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Track.VideoCodec;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.codec.AvcConfiguration;
import io.tapedeck.timeline.codec.HevcConfiguration;
import java.util.Optional;

/// Makes a track of pictures of what the header says (Matroska's codec specifications, "Video Codec
/// Mappings").
final class PictureTrack {

    /// Kept in every checkpoint; real ones have some ten bytes.
    private static final int MAX_CODEC_PRIVATE_BYTES = 4096;

    private static final int MAX_SIDE_PIXELS = 16384;

    private PictureTrack() {}

    /// @throws MediaException it cannot be shown, or not as it comes
    static Track.Video of(TrackEntry entry) throws MediaException {
        Optional<VideoCodec> codec = codec(entry);
        boolean plain =
                entry.packing() == TrackEntry.Packing.PLAIN
                        && entry.codecPrivate().length <= MAX_CODEC_PRIVATE_BYTES;
        if (codec.isEmpty() || !plain) {
            throw problem(entry);
        }
        TrackEntry.Picture picture = entry.picture();
        if (!isSide(picture.widthPixels()) || !isSide(picture.heightPixels())) {
            throw new UnsupportedMediaException(
                    "The picture has no size that can be used: %d×%d pixels."
                            .formatted(picture.widthPixels(), picture.heightPixels()));
        }
        return new Track.Video(
                entry.number(),
                codec.get(),
                (int) picture.widthPixels(),
                (int) picture.heightPixels(),
                entry.codecPrivate(),
                codec.get() == VideoCodec.H264
                        ? AvcConfiguration.display(entry.codecPrivate(), picture.display())
                        : picture.display());
    }

    private static MediaException problem(TrackEntry entry) {
        if (Convertible.isPicture(entry)) {
            return Convertible.later();
        }
        return new UnsupportedMediaException(
                entry.packing() == TrackEntry.Packing.ENCRYPTED
                        ? "The picture is encrypted and cannot be read."
                        : "The picture is coded as %s, which cannot be read. Send H.264, H.265, VP8, VP9 or AV1."
                                .formatted(Convertible.printable(entry.codecId())));
    }

    private static Optional<VideoCodec> codec(TrackEntry entry) {
        return switch (entry.codecId()) {
            case "V_VP8" -> Optional.of(VideoCodec.VP8);
            case "V_VP9" -> Optional.of(VideoCodec.VP9);
            case "V_AV1" -> Optional.of(VideoCodec.AV1);
            case "V_MPEG4/ISO/AVC" -> Optional.of(VideoCodec.H264);
            case "V_MPEGH/ISO/HEVC" ->
                    HevcConfiguration.read(entry.codecPrivate()).map(_ -> VideoCodec.HEVC);
            case "V_MJPEG" -> Optional.of(VideoCodec.MJPEG);
            default -> Optional.empty();
        };
    }

    private static boolean isSide(long pixels) {
        return pixels >= 1 && pixels <= MAX_SIDE_PIXELS;
    }
}
