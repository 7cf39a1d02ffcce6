package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.matroska.MatroskaWriter;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// What ffmpeg reads to render a window: pictures and sounds in order of time.
///
/// @param header pictures' track
/// @param sound sounds' track
record SegmentInput(
        SessionClock clock,
        Optional<MatroskaWriter.Pictures> header,
        Optional<Track.Audio> sound,
        List<Frame.Picture> pictures,
        List<Frame.Sound> sounds) {

    void writeTo(OutputStream out) throws IOException {
        var writer = new MatroskaWriter(out, header, sound);
        int nextPicture = 0;
        int nextSound = 0;
        while (nextPicture < pictures.size() || nextSound < sounds.size()) {
            if (pictureComesFirst(nextPicture, nextSound)) {
                var picture = pictures.get(nextPicture++);
                writer.picture(clock.ticks(picture.ticks()), picture.keyframe(), picture.payload());
            } else {
                var packet = sounds.get(nextSound++);
                writer.sound(clock.samples(packet.firstSample()), packet.payload());
            }
        }
    }

    private boolean pictureComesFirst(int nextPicture, int nextSound) {
        if (nextPicture == pictures.size() || nextSound == sounds.size()) {
            return nextPicture < pictures.size();
        }
        return pictures.get(nextPicture).ticks()
                <= Ticks.ofSamples(sounds.get(nextSound).firstSample());
    }
}
