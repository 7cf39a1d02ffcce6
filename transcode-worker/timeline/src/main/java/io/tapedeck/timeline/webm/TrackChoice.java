package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.codec.OpusHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which of a header's tracks are used: the first with pictures and the first usable one
/// with sound. Pictures that cannot be shown are a failure, because a recording without its picture
/// is not what anyone wants; sound that cannot be heard is left out beside pictures.
final class TrackChoice {

    /// Kept in every checkpoint; real ones have some ten bytes.
    private static final int MAX_CODEC_PRIVATE_BYTES = 4096;

    private static final int MAX_SIDE_PIXELS = 16384;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// Longer than any encoder's.
    private static final long MAX_CODEC_DELAY_NANOS = NANOS_PER_SECOND;

    private TrackChoice() {}

    /// @param body of the Tracks element
    static Tracks choose(byte[] body, long offsetBytes) throws MediaException {
        List<TrackEntry> entries = new ArrayList<>();
        Elements elements = new Elements(body, offsetBytes);
        while (elements.next()) {
            if (elements.id() == Ids.TRACK_ENTRY) {
                entries.add(TrackEntry.read(elements.children(), offsetBytes));
            }
        }
        Optional<TrackEntry> picture =
                entries.stream().filter(e -> e.type() == TrackEntry.PICTURES).findFirst();
        Optional<Track.Video> video =
                picture.isEmpty() ? Optional.empty() : Optional.of(video(picture.get()));
        Optional<Track.Audio> audio =
                entries.stream()
                        .filter(e -> e.type() == TrackEntry.SOUND)
                        .flatMap(e -> audio(e).stream())
                        .findFirst();
        if (video.isEmpty() && audio.isEmpty()) {
            throw unusable(entries);
        }
        return new Tracks(video, audio);
    }

    private static Track.Video video(TrackEntry entry) throws UnsupportedMediaException {
        Track.VideoCodec codec =
                switch (entry.codecId()) {
                    case "V_VP8" -> Track.VideoCodec.VP8;
                    case "V_VP9" -> Track.VideoCodec.VP9;
                    case "V_AV1" -> Track.VideoCodec.AV1;
                    case "V_MPEG4/ISO/AVC" -> Track.VideoCodec.H264;
                    default ->
                            throw new UnsupportedMediaException(
                                    "The picture is coded as %s, which cannot be read. Record with VP8, VP9, AV1 or H.264."
                                            .formatted(printable(entry.codecId())));
                };
        if (entry.encoded() || entry.codecPrivate().length > MAX_CODEC_PRIVATE_BYTES) {
            throw new UnsupportedMediaException(
                    "The picture is packed in a way that cannot be read: encrypted, compressed once"
                            + " more, or with a header of unusual size.");
        }
        if (!isSide(entry.widthPixels()) || !isSide(entry.heightPixels())) {
            throw new UnsupportedMediaException(
                    "The picture has no size that can be used: %d×%d pixels."
                            .formatted(entry.widthPixels(), entry.heightPixels()));
        }
        return new Track.Video(
                entry.number(),
                codec,
                (int) entry.widthPixels(),
                (int) entry.heightPixels(),
                entry.codecPrivate());
    }

    private static Optional<Track.Audio> audio(TrackEntry entry) {
        if (!entry.codecId().equals("A_OPUS") || entry.encoded()) {
            return Optional.empty();
        }
        OpusHead head =
                OpusHead.read(entry.codecPrivate())
                        .orElseGet(() ->
                                OpusHead.plain(
                                        (int) Math.min(entry.channels(), 255),
                                        preSkipSamples(entry)));
        if (!head.isMonoOrStereo()) {
            return Optional.empty();
        }
        return Optional.of(
                new Track.Audio(
                        entry.number(),
                        Track.AudioCodec.OPUS,
                        head.channels(),
                        head.withoutPreSkip(),
                        head.preSkipSamples()));
    }

    private static int preSkipSamples(TrackEntry entry) {
        long delayNanos = Math.min(entry.codecDelayNanos(), MAX_CODEC_DELAY_NANOS);
        return (int) (delayNanos * 48_000 / NANOS_PER_SECOND);
    }

    private static boolean isSide(long pixels) {
        return pixels >= 1 && pixels <= MAX_SIDE_PIXELS;
    }

    private static UnsupportedMediaException unusable(List<TrackEntry> entries) {
        if (entries.isEmpty()) {
            return new UnsupportedMediaException("The recording has neither picture nor sound.");
        }
        return new UnsupportedMediaException(
                "The recording has no picture, and its sound is coded as %s, which cannot be read. Record with Opus, in mono or stereo."
                        .formatted(printable(entries.getFirst().codecId())));
    }

    private static String printable(String codecId) {
        String safe = codecId.replaceAll("[^A-Za-z0-9_/.-]", "?");
        return safe.substring(0, Math.min(safe.length(), 40));
    }
}
