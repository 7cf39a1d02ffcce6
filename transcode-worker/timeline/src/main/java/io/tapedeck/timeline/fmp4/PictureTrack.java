package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.Display;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.codec.AvcConfiguration;
import io.tapedeck.timeline.codec.HevcConfiguration;

/// Makes a track of pictures of what the header says.
public final class PictureTrack {

    /// Kept in every checkpoint; real ones have some ten bytes.
    private static final int MAX_HEADER_BYTES = 4096;

    private static final byte[] NO_HEADER = {};

    private PictureTrack() {}

    /// @throws MediaException it cannot be shown, or not as it comes
    public static Track.Video of(TrackBox box, int number) throws MediaException {
        SampleEntry entry = box.entry();
        if (Convertible.isPicture(entry.coding())) {
            throw Convertible.later();
        }
        Track.VideoCodec codec = codec(entry.coding());
        byte[] header =
                switch (codec) {
                    case H264 -> entry.header(BoxType.AVCC);
                    case HEVC -> entry.header(BoxType.HVCC);
                    case AV1 -> entry.header(BoxType.AV1C);
                    case VP8, VP9, MJPEG -> NO_HEADER;
                };
        boolean readable =
                switch (codec) {
                    case H264 -> AvcConfiguration.read(header).isPresent();
                    case HEVC -> HevcConfiguration.read(header).isPresent();
                    case AV1, VP8, VP9, MJPEG -> true;
                };
        if (header.length > MAX_HEADER_BYTES || !readable) {
            throw new UnsupportedMediaException(
                    "The picture's own header (avcC, hvcC or av1C) is missing or cannot be read.");
        }
        if (entry.widthPixels() == 0 || entry.heightPixels() == 0) {
            throw new UnsupportedMediaException(
                    "The picture has no size that can be used: %d×%d pixels."
                            .formatted(entry.widthPixels(), entry.heightPixels()));
        }
        Display said = entry.display().rotated(box.rotationDegrees());
        return new Track.Video(
                number,
                codec,
                entry.widthPixels(),
                entry.heightPixels(),
                header,
                codec == Track.VideoCodec.H264 ? AvcConfiguration.display(header, said) : said);
    }

    private static Track.VideoCodec codec(int coding) throws UnsupportedMediaException {
        return switch (coding) {
            case BoxType.AVC1, BoxType.AVC3 -> Track.VideoCodec.H264;
            case BoxType.VP08 -> Track.VideoCodec.VP8;
            case BoxType.VP09 -> Track.VideoCodec.VP9;
            case BoxType.AV01 -> Track.VideoCodec.AV1;
            case BoxType.HVC1, BoxType.HEV1 -> Track.VideoCodec.HEVC;
            case BoxType.JPEG -> Track.VideoCodec.MJPEG;
            case BoxType.ENCV ->
                    throw new UnsupportedMediaException(
                            "The picture is encrypted and cannot be read.");
            default -> throw unknown(BoxType.text(coding));
        };
    }

    private static UnsupportedMediaException unknown(String name) {
        return new UnsupportedMediaException(
                "The picture is coded as %s, which cannot be read. Send H.264, H.265, VP9 or AV1."
                        .formatted(name));
    }
}
