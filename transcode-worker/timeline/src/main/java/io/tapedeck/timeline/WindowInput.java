package io.tapedeck.timeline;

import java.util.List;
import java.util.Optional;

/// Everything that a rendering of one window depends on, cut out of the run's bytes: pictures from
/// the last keyframe at or before the window's start (or, when the window has no picture of its own
/// at its start, as far back as the last picture before it needs) up to its end, and sound from
/// some pre-roll before the first AAC frame up to some post-roll behind the last one.
///
/// @param window the span
/// @param video absent when the run has no pictures
/// @param audio absent when the run has no sound
/// @param pictures in order of decoding; among them are such that are shown behind the window where
///   others, which are shown in it, come behind them
/// @param sounds in order. Where their codec has a packet of silence there is no hole: the first
///   one begins at or before [#soundFrom], the last one ends at or behind [#soundUntil]. Else holes
///   are to be filled behind the decoder
public record WindowInput(
        Window window,
        Optional<Track.Video> video,
        Optional<Track.Audio> audio,
        List<Frame.Picture> pictures,
        List<Frame.Sound> sounds) {

    /// AAC frames that an encoder is given before the first one that counts.
    public static final int AAC_PRE_ROLL_FRAMES = 4;

    /// AAC frames that an encoder is given behind the last one that counts.
    public static final int AAC_POST_ROLL_FRAMES = 2;

    /// What an Opus decoder needs to settle: 80 ms (RFC 7845 section 4.6), and a packet to spare.
    /// No other decoder needs more.
    public static final int OPUS_PRE_ROLL_SAMPLES = 3840 + 960;

    /// What a window needs of this, which was read for it and its neighbours at one go.
    public WindowInput part(Window part) {
        int key = 0;
        for (int i = 0; i < pictures.size(); i++) {
            Frame.Picture picture = pictures.get(i);
            key = picture.keyframe() && picture.ticks() <= part.startTicks() ? i : key;
        }
        int end = pictures.size();
        while (end > key && pictures.get(end - 1).ticks() >= part.endTicks()) {
            end--;
        }
        List<Frame.Picture> shown = pictures.subList(key, end);
        long from = soundFrom(part);
        long until = soundUntil(part);
        List<Frame.Sound> heard =
                sounds.stream()
                        .filter(sound -> sound.firstSample() < until)
                        .filter(sound -> sound.firstSample() + sound.samples() > from)
                        .toList();
        return new WindowInput(part, video, audio, shown, heard);
    }

    /// The 48 kHz sample of the run from which a window wants sound. May be negative.
    public static long soundFrom(Window window) {
        return soundFrom(window.startTicks());
    }

    /// The 48 kHz sample of the run up to which a window wants sound, exclusive.
    public static long soundUntil(Window window) {
        return soundUntil(window.endTicks());
    }

    /// [#soundFrom(Window)] for a window that starts at `ticks` of the run.
    public static long soundFrom(long ticks) {
        return (Window.firstAacFrameFrom(ticks) - AAC_PRE_ROLL_FRAMES)
                        * Window.SAMPLES_PER_AAC_FRAME
                - OPUS_PRE_ROLL_SAMPLES;
    }

    /// [#soundUntil(Window)] for a window that ends at `ticks` of the run.
    public static long soundUntil(long ticks) {
        return (Window.firstAacFrameFrom(ticks) + AAC_POST_ROLL_FRAMES)
                * Window.SAMPLES_PER_AAC_FRAME;
    }
}
