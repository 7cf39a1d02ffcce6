package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.stream.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the header of a recording (`moov`) and decides which of its tracks are used: the first
/// with pictures and the first usable one with sound. Pictures that cannot be shown are a failure,
/// because a recording without its picture is not what anyone wants; sound of which nothing is
/// known is left out beside pictures.
final class MovieReader {

    /// Recorders write two; what is behind so many is passed over.
    private static final int MAX_TRACKS = 32;

    private final long offsetBytes;
    private final List<TrackBox> boxes = new ArrayList<>();
    private final Map<Long, Timing.Defaults> defaults = new HashMap<>();
    private long movieUnitsPerSecond = Ticks.PER_SECOND;
    private boolean fragmented;

    private MovieReader(long offsetBytes) {
        this.offsetBytes = offsetBytes;
    }

    /// @param moov its body
    /// @param offsetBytes where it is in the run, to tell in the failure
    static MovieHeader read(byte[] moov, long offsetBytes) throws MediaException {
        MovieReader reader = new MovieReader(offsetBytes);
        reader.collect(new Boxes(moov, offsetBytes));
        if (!reader.fragmented) {
            throw notFragmented();
        }
        return reader.choose();
    }

    static ForeignContainerException notFragmented() {
        return new ForeignContainerException(
                ForeignContainer.MP4,
                "This is an MP4 file with its index in one piece, which cannot be read as it comes.");
    }

    private void collect(Boxes moov) throws MalformedStreamException {
        while (moov.next()) {
            switch (moov.type()) {
                case BoxType.MVHD -> {
                    Fields fields = moov.fields();
                    int version = fields.u8();
                    movieUnitsPerSecond = fields.skip(version == 1 ? 19 : 11).u32();
                }
                case BoxType.TRAK -> {
                    if (boxes.size() < MAX_TRACKS) {
                        boxes.add(TrackBox.read(moov.children()));
                    }
                }
                case BoxType.MVEX -> {
                    fragmented = true;
                    collectDefaults(moov.children());
                }
                default -> {}
            }
        }
    }

    private void collectDefaults(Boxes mvex) throws MalformedStreamException {
        while (mvex.next()) {
            if (mvex.type() == BoxType.TREX) {
                Fields trex = mvex.fields().skip(4);
                defaults.put(
                        trex.u32(),
                        new Timing.Defaults(trex.u32(), trex.u32(), trex.u32(), trex.s32()));
            }
        }
    }

    private MovieHeader choose() throws MediaException {
        Optional<Track.Video> video = Optional.empty();
        Optional<Track.Audio> audio = Optional.empty();
        List<Timing> timings = new ArrayList<>();
        for (TrackBox box : boxes) {
            if (box.handler() == BoxType.VIDE && video.isEmpty()) {
                video = Optional.of(PictureTrack.of(box, number(box)));
                timings.addFirst(timing(box, Block.Kind.PICTURE));
            } else if (box.handler() == BoxType.SOUN && audio.isEmpty()) {
                audio = SoundTrack.of(box, number(box));
                if (audio.isPresent()) {
                    timings.add(timing(box, Block.Kind.SOUND));
                }
            }
        }
        if (audio.isEmpty()
                && boxes.stream()
                        .filter(box -> box.handler() == BoxType.SOUN)
                        .anyMatch(box -> Convertible.isSound(box.entry().coding()))) {
            throw Convertible.later();
        }
        if (timings.isEmpty()) {
            throw unusable();
        }
        return new MovieHeader(new Tracks(video, audio), List.copyOf(timings));
    }

    private int number(TrackBox box) throws MalformedStreamException {
        boolean unique = boxes.stream().filter(b -> b.trackId() == box.trackId()).count() == 1;
        if (box.trackId() < 1 || box.trackId() > Integer.MAX_VALUE || !unique) {
            throw MalformedStreamException.at(offsetBytes, "a track has no valid number");
        }
        return (int) box.trackId();
    }

    private Timing timing(TrackBox box, Block.Kind kind) throws MalformedStreamException {
        if (box.unitsPerSecond() < 1 || movieUnitsPerSecond < 1) {
            throw MalformedStreamException.at(offsetBytes, "its unit of time makes no sense");
        }
        long delay = Timing.scale(box.edit().delayUnits(), movieUnitsPerSecond, offsetBytes);
        // Whether the media time makes sense as well shows here.
        Timing.scale(box.edit().startUnits(), box.unitsPerSecond(), offsetBytes);
        return new Timing(
                kind,
                box.trackId(),
                box.unitsPerSecond(),
                box.edit().startUnits(),
                delay,
                defaults.getOrDefault(box.trackId(), Timing.Defaults.NONE));
    }

    private UnsupportedMediaException unusable() {
        return boxes.stream()
                .filter(box -> box.handler() == BoxType.SOUN)
                .findFirst()
                .map(box ->
                        new UnsupportedMediaException(
                                "The recording has no picture, and its sound is coded as %s, which cannot be read. Send AAC, MP3, Opus or plain samples."
                                        .formatted(BoxType.text(box.entry().coding()))))
                .orElseGet(() ->
                        new UnsupportedMediaException(
                                "The recording has neither picture nor sound."));
    }
}
