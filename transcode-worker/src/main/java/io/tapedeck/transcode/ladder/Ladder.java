package io.tapedeck.transcode.ladder;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Track;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The renditions of a session that are encoded anew, decided on by the size of its pictures.
///
/// @param shortSides what the operator wants, in pixels of the shorter side
public record Ladder(List<Integer> shortSides) {

    /// A rung that is hardly smaller than the one above it helps nobody.
    private static final double CLOSE = 0.9;

    public Ladder {
        shortSides = shortSides.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    }

    /// Best first, at least one. The best one has the size of the source in even numbers, unless
    /// that is larger than the highest rung. Sound alone gets one rendition of sound.
    public List<Rendition> of(PictureSize size) {
        return size.video().map(this::of).orElseGet(() -> List.of(Rendition.audioOnly()));
    }

    /// Whether one size makes so much better a ladder than another that it is worth its cost.
    public boolean isBetter(PictureSize one, PictureSize other) {
        return shortSide(other) < CLOSE * shortSide(one);
    }

    private int shortSide(PictureSize size) {
        Rendition best = of(size).getFirst();
        return Math.min(best.widthPixels(), best.heightPixels());
    }

    private List<Rendition> of(Track.Video video) {
        Rendition source = Rendition.source(video);
        // Encoders want even sizes; a line less is nobody's loss.
        int full = Math.min(source.widthPixels(), source.heightPixels()) / 2 * 2;
        int best = shortSides.isEmpty() ? full : Math.min(full, shortSides.getFirst());
        List<Rendition> rungs =
                Stream.concat(
                                Stream.of(best),
                                shortSides.stream().filter(side -> side < CLOSE * best))
                        .flatMap(side -> Rendition.sized(video, side).stream())
                        .toList();
        return rungs.isEmpty() ? List.of(Rendition.of(video)) : rungs;
    }
}
