package io.tapedeck.timeline.stream;

import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import java.util.Optional;

/// How tracks are written into a saved state.
public final class TracksState {

    private TracksState() {}

    public static void save(Tracks tracks, StateOutput out) {
        out.flag(tracks.video().isPresent());
        tracks.video()
                .ifPresent(video ->
                        out.number(video.number())
                                .choice(video.codec())
                                .number(video.widthPixels())
                                .number(video.heightPixels())
                                .bytes(video.codecPrivate()));
        out.flag(tracks.audio().isPresent());
        tracks.audio()
                .ifPresent(audio ->
                        out.number(audio.number())
                                .choice(audio.codec())
                                .number(audio.channels())
                                .bytes(audio.codecPrivate())
                                .number(audio.sampleRateHertz())
                                .number(audio.preSkipSamples()));
    }

    public static Tracks restore(StateInput in) {
        Optional<Track.Video> video = in.flag() ? Optional.of(video(in)) : Optional.empty();
        Optional<Track.Audio> audio = in.flag() ? Optional.of(audio(in)) : Optional.empty();
        return new Tracks(video, audio);
    }

    private static Track.Video video(StateInput in) {
        int number = in.small(Integer.MAX_VALUE);
        return new Track.Video(
                number,
                in.choice(Track.VideoCodec.class),
                in.small(Integer.MAX_VALUE),
                in.small(Integer.MAX_VALUE),
                in.bytes());
    }

    private static Track.Audio audio(StateInput in) {
        int number = in.small(Integer.MAX_VALUE);
        return new Track.Audio(
                number,
                in.choice(Track.AudioCodec.class),
                in.small(Integer.MAX_VALUE),
                in.bytes(),
                in.small(Integer.MAX_VALUE),
                in.small(Integer.MAX_VALUE));
    }
}
