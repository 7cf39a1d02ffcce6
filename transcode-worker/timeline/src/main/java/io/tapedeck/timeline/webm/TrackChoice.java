package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.UnsupportedMediaException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Decides which of a header's tracks are used: the first with pictures, and with sound the first
/// known one of those that players take unless told otherwise. Pictures that cannot be shown are a
/// failure, because a recording without its picture is not what anyone wants; sound of which
/// nothing is known is left out beside pictures.
final class TrackChoice {

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
                picture.isEmpty() ? Optional.empty() : Optional.of(PictureTrack.of(picture.get()));
        Optional<Track.Audio> audio = audio(entries);
        if (video.isEmpty() && audio.isEmpty()) {
            throw unusable(entries);
        }
        return new Tracks(video, audio);
    }

    private static Optional<Track.Audio> audio(List<TrackEntry> entries) throws MediaException {
        List<TrackEntry> sounds =
                entries.stream()
                        .filter(e -> e.type() == TrackEntry.SOUND)
                        .sorted(Comparator.comparing(e -> !e.preferred()))
                        .toList();
        for (TrackEntry entry : sounds) {
            Optional<Track.Audio> audio = SoundTrack.of(entry);
            if (audio.isPresent()) {
                return audio;
            }
            if (Convertible.isSound(entry)) {
                throw Convertible.later();
            }
        }
        return Optional.empty();
    }

    private static UnsupportedMediaException unusable(List<TrackEntry> entries) {
        if (entries.isEmpty()) {
            return new UnsupportedMediaException("The recording has neither picture nor sound.");
        }
        return new UnsupportedMediaException(
                "The recording has no picture, and its sound is coded as %s, which cannot be read. Send AAC, MP3, Opus, Vorbis, FLAC or plain samples."
                        .formatted(Convertible.printable(entries.getFirst().codecId())));
    }
}
