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
/// @param pictures in order of decoding
/// @param sounds in order, without holes
public record WindowInput(
        Window window,
        Optional<Track.Video> video,
        Optional<Track.Audio> audio,
        List<Frame.Picture> pictures,
        List<Frame.Sound> sounds) {}
