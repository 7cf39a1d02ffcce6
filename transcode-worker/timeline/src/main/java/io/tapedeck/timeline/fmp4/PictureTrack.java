package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.codec.AvcConfiguration;

/// Makes a track of pictures of what the header says.
final class PictureTrack {

    /// Kept in every checkpoint; real ones have some ten bytes.
    private static final int MAX_HEADER_BYTES = 4096;

    private static final byte[] NO_HEADER = {};

    private PictureTrack() {}

    static Track.Video of(TrackBox box, int number) throws UnsupportedMediaException {
        SampleEntry entry = box.entry();
        Track.VideoCodec codec = codec(entry.coding());
        byte[] header =
                switch (codec) {
                    case H264 -> entry.header(BoxType.AVCC);
                    case AV1 -> entry.header(BoxType.AV1C);
                    case VP8, VP9 -> NO_HEADER;
                };
        boolean readable =
                codec != Track.VideoCodec.H264 || AvcConfiguration.read(header).isPresent();
        if (header.length > MAX_HEADER_BYTES || !readable) {
            throw new UnsupportedMediaException(
                    "The picture's own header (avcC or av1C) is missing or cannot be read.");
        }
        if (entry.widthPixels() == 0 || entry.heightPixels() == 0) {
            throw new UnsupportedMediaException(
                    "The picture has no size that can be used: %d×%d pixels."
                            .formatted(entry.widthPixels(), entry.heightPixels()));
        }
        return new Track.Video(number, codec, entry.widthPixels(), entry.heightPixels(), header);
    }

    private static Track.VideoCodec codec(int coding) throws UnsupportedMediaException {
        return switch (coding) {
            case BoxType.AVC1, BoxType.AVC3 -> Track.VideoCodec.H264;
            case BoxType.VP08 -> Track.VideoCodec.VP8;
            case BoxType.VP09 -> Track.VideoCodec.VP9;
            case BoxType.AV01 -> Track.VideoCodec.AV1;
            case BoxType.ENCV ->
                    throw new UnsupportedMediaException(
                            "The picture is encrypted and cannot be read.");
            case BoxType.HVC1, BoxType.HEV1 -> throw unknown("H.265 (HEVC)");
            default -> throw unknown(BoxType.text(coding));
        };
    }

    private static UnsupportedMediaException unknown(String name) {
        return new UnsupportedMediaException(
                "The picture is coded as %s, which cannot be read. Record with H.264, VP9 or AV1."
                        .formatted(name));
    }
}
