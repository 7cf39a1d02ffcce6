package io.tapedeck.timeline.stream;

import io.tapedeck.timeline.Display;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import java.util.Optional;

/// How tracks are written into a saved state.
public final class TracksState {

    /// No pictures, such that are shown as they are coded, or others. The first two are what was
    /// written before there were others.
    private static final int NONE = 0;

    private static final int PLAIN = 1;
    private static final int SPECIAL = 2;

    private TracksState() {}

    public static void save(Tracks tracks, StateOutput out) {
        out.number(tracks.video().map(TracksState::kind).orElse(NONE));
        tracks.video().ifPresent(video -> save(video, out));
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
        int kind = in.small(SPECIAL);
        Optional<Track.Video> video =
                kind == NONE ? Optional.empty() : Optional.of(video(in, kind));
        Optional<Track.Audio> audio = in.flag() ? Optional.of(audio(in)) : Optional.empty();
        return new Tracks(video, audio);
    }

    private static int kind(Track.Video video) {
        return video.display().isPlain() ? PLAIN : SPECIAL;
    }

    private static void save(Track.Video video, StateOutput out) {
        out.number(video.number())
                .choice(video.codec())
                .number(video.widthPixels())
                .number(video.heightPixels())
                .bytes(video.codecPrivate());
        Display display = video.display();
        if (!display.isPlain()) {
            out.number(display.rotationDegrees())
                    .number(display.pixelWidth())
                    .number(display.pixelHeight())
                    .choice(display.light())
                    .flag(display.interlaced());
        }
    }

    private static Track.Video video(StateInput in, int kind) {
        return new Track.Video(
                in.small(Integer.MAX_VALUE),
                in.choice(Track.VideoCodec.class),
                in.small(Integer.MAX_VALUE),
                in.small(Integer.MAX_VALUE),
                in.bytes(),
                kind == PLAIN ? Display.PLAIN : display(in));
    }

    private static Display display(StateInput in) {
        return new Display(
                in.small(Integer.MAX_VALUE),
                in.small(Integer.MAX_VALUE),
                in.small(Integer.MAX_VALUE),
                in.choice(Display.Light.class),
                in.flag());
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
