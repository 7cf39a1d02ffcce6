package io.tapedeck.playback.catalog;

import io.tapedeck.playback.catalog.SessionStory.Rendered;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which generation of each rendition the playlists show.
public final class Listings {

    /// Best picture first; those without one last.
    private static final Comparator<RenditionProgress> BEST_FIRST =
            Comparator.comparingInt(Listings::pixels)
                    .reversed()
                    .thenComparing(RenditionProgress::name);

    /// Less than players keep in their buffers.
    private static final long MOST_BEHIND_TICKS = 10 * 90_000;

    private Listings() {}

    /// One generation of each announced rendition, best picture first. A later generation takes
    /// over when all of it is rendered, never half-way: a playlist lists one generation.
    public static List<RenditionProgress> shown(List<RenditionProgress> all) {
        Map<String, RenditionProgress> chosen = new TreeMap<>();
        all.stream()
                .filter(rendition -> rendition.layout() != null && !rendition.withdrawn())
                .sorted(Comparator.comparingInt(RenditionProgress::generation))
                .forEach(rendition ->
                        chosen.merge(
                                rendition.name(),
                                rendition,
                                (earlier, later) -> later.ended() ? later : earlier));
        return chosen.values().stream().sorted(BEST_FIRST).toList();
    }

    /// Those of the shown renditions that a player may choose from now: they have something to play
    /// and are not so far behind the others that it would have to wait for them.
    public static List<RenditionProgress> playable(List<RenditionProgress> shown) {
        long ahead = shown.stream().mapToLong(RenditionProgress::listedTicks).max().orElse(0);
        return shown.stream()
                .filter(RenditionProgress::playable)
                .filter(one -> one.ended() || one.listedTicks() >= ahead - MOST_BEHIND_TICKS)
                .toList();
    }

    /// How far the shown renditions are listed, together.
    static Rendered together(List<RenditionProgress> shown) {
        return new Rendered(
                !shown.isEmpty() && shown.stream().allMatch(RenditionProgress::ended),
                shown.stream().mapToLong(RenditionProgress::listedSegments).max().orElse(0),
                shown.stream().mapToLong(RenditionProgress::listedTicks).max().orElse(0));
    }

    private static int pixels(RenditionProgress rendition) {
        var layout = rendition.layout();
        return layout == null ? 0 : layout.widthPixels() * layout.heightPixels();
    }
}
