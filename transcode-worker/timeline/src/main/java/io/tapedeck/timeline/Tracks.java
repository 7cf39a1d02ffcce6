package io.tapedeck.timeline;

import java.util.Optional;

/// What a run consists of: pictures, sound, or both.
public record Tracks(Optional<Track.Video> video, Optional<Track.Audio> audio) {}
