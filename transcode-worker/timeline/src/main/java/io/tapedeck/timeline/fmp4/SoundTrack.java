package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.codec.AlacCookie;
import io.tapedeck.timeline.codec.OpusHead;
import io.tapedeck.timeline.codec.SampleRates;
import java.util.Optional;

/// Makes a track of sound of what the header says.
public final class SoundTrack {

    private SoundTrack() {}

    /// @return empty when it cannot be heard
    public static Optional<Track.Audio> of(TrackBox box, int number) {
        SampleEntry entry = box.entry();
        return switch (entry.coding()) {
            case BoxType.OPUS ->
                    OpusHead.ofMp4(entry.header(BoxType.DOPS))
                            .filter(OpusHead::isMonoOrStereo)
                            .map(head -> opus(head, number));
            case BoxType.MP4A ->
                    Esds.read(entry.header(BoxType.ESDS))
                            .map(config ->
                                    new Track.Audio(
                                            number,
                                            Track.AudioCodec.AAC,
                                            config.channels(),
                                            config.toByteArray(),
                                            config.sampleRateHertz(),
                                            0));
            case BoxType.ALAC ->
                    AlacCookie.ofMp4(entry.header(BoxType.ALAC))
                            .filter(cookie -> SampleRates.isCounted(cookie.sampleRateHertz()))
                            .map(cookie ->
                                    new Track.Audio(
                                            number,
                                            Track.AudioCodec.ALAC,
                                            cookie.channels(),
                                            cookie.bytes(),
                                            cookie.sampleRateHertz(),
                                            0));
            default -> Optional.empty();
        };
    }

    /// The header's pre-skip moves nothing here: in MP4 only the edit list says what is before the
    /// beginning (Encapsulation of Opus in ISO Base Media File Format, section 4.4). Chromium
    /// writes 80 ms, no edit list, and times that are right without.
    private static Track.Audio opus(OpusHead head, int number) {
        return new Track.Audio(
                number, Track.AudioCodec.OPUS, head.channels(), head.withoutPreSkip(), 0);
    }
}
