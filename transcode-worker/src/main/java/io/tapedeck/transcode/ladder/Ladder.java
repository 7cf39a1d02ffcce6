package io.tapedeck.transcode.ladder;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Tracks;
import java.util.List;

/// The renditions of a session that are encoded anew, decided on by what its first run consists of.
///
/// @param shortSides what the operator wants, in pixels of the shorter side
public record Ladder(List<Integer> shortSides) {

    public Ladder {
        shortSides = List.copyOf(shortSides);
    }

    /// Best first, at least one. Sound alone gets one rendition of sound.
    public List<Rendition> of(Tracks tracks) {
        return List.of(tracks.video().map(Rendition::of).orElseGet(Rendition::audioOnly));
    }
}
