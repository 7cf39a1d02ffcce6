package io.tapedeck.playback.catalog;

import io.tapedeck.playback.catalog.SessionStory.Rendered;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which generation of which renditions the playlists show.
public final class Listings {

    /// Best picture first; those without one last.
    private static final Comparator<RenditionProgress> BEST_FIRST =
            Comparator.comparingInt(Listings::pixels)
                    .reversed()
                    .thenComparing(RenditionProgress::name);

    private static final Comparator<RenditionProgress> BY_SHORT_SIDE =
            Comparator.comparingInt(Listings::shortSide);

    /// Of the shorter side: what a worker renders in less time than it lasts, wherever somebody
    /// goes.
    private static final int QUICK_PIXELS = 480;

    /// Less than players keep in their buffers.
    private static final long MOST_BEHIND_TICKS = 10 * 90_000;

    private Listings() {}

    /// One generation of each announced rendition, best picture first. All are of one plan, for
    /// what is of two differs in its times: the newest plan of which all is there, or else the
    /// first. Likewise a rendition that is made again, or was asked for later, is shown when all of
    /// it is there.
    public static List<RenditionProgress> shown(List<RenditionProgress> all) {
        SortedMap<Integer, List<RenditionProgress>> plans =
                all.stream()
                        .filter(rendition -> !rendition.withdrawn())
                        .flatMap(rendition ->
                                Optional.ofNullable(rendition.announcement())
                                        .map(announcement ->
                                                Map.entry(announcement.plan(), rendition))
                                        .stream())
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        TreeMap::new,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));
        List<RenditionProgress> shown = List.of();
        for (List<RenditionProgress> plan : plans.values()) {
            List<RenditionProgress> chosen = chosen(plan);
            boolean whole = chosen.stream().allMatch(RenditionProgress::ended);
            shown = shown.isEmpty() || (whole && !chosen.isEmpty()) ? chosen : shown;
        }
        return shown;
    }

    /// Of one plan: of each name the newest that is whole, or else the one that belongs to it.
    private static List<RenditionProgress> chosen(List<RenditionProgress> plan) {
        Map<String, RenditionProgress> chosen = new TreeMap<>();
        plan.stream()
                .sorted(Comparator.comparingInt(RenditionProgress::generation))
                .filter(rendition -> rendition.ended() || !rendition.ordered())
                .forEach(rendition ->
                        chosen.merge(
                                rendition.name(),
                                rendition,
                                (earlier, later) -> later.ended() ? later : earlier));
        return chosen.values().stream().sorted(BEST_FIRST).toList();
    }

    /// Those of the shown renditions that a player may choose from now: they have something to play
    /// and are not so far behind the others that it would have to wait for them.
    ///
    /// Where a session is rendered on demand, that is what is whole, and one rendition besides, so
    /// that a player that tries them all does not have all of them made: the pictures as they came,
    /// or else the largest rung that is made quickly.
    public static List<RenditionProgress> playable(List<RenditionProgress> shown) {
        if (shown.stream().anyMatch(RenditionProgress::listedAhead)) {
            Optional<RenditionProgress> quick = quick(shown);
            return shown.stream()
                    .filter(RenditionProgress::playable)
                    .filter(one -> one.ended() || quick.filter(one::equals).isPresent())
                    .toList();
        }
        long ahead = shown.stream().mapToLong(RenditionProgress::listedTicks).max().orElse(0);
        return shown.stream()
                .filter(RenditionProgress::playable)
                .filter(one -> one.ended() || one.listedTicks() >= ahead - MOST_BEHIND_TICKS)
                .toList();
    }

    private static Optional<RenditionProgress> quick(List<RenditionProgress> shown) {
        List<RenditionProgress> candidates =
                shown.stream().filter(RenditionProgress::playable).toList();
        List<RenditionProgress> rungs = candidates.stream().filter(rung -> !rung.copied()).toList();
        return candidates.stream()
                .filter(RenditionProgress::copied)
                .findFirst()
                .or(() ->
                        rungs.stream()
                                .filter(rung -> shortSide(rung) <= QUICK_PIXELS)
                                .max(BY_SHORT_SIDE))
                .or(() -> rungs.stream().min(BY_SHORT_SIDE));
    }

    /// How far the shown renditions are listed, together.
    static Rendered together(List<RenditionProgress> shown) {
        return new Rendered(
                !shown.isEmpty() && shown.stream().allMatch(RenditionProgress::ended),
                shown.stream().mapToLong(RenditionProgress::listedSegments).max().orElse(0),
                shown.stream()
                        .filter(one -> !one.listedAhead() || one.playable())
                        .mapToLong(RenditionProgress::playableTicks)
                        .max()
                        .orElse(0));
    }

    private static int shortSide(RenditionProgress rendition) {
        var layout = rendition.layout();
        return layout == null ? 0 : Math.min(layout.widthPixels(), layout.heightPixels());
    }

    private static int pixels(RenditionProgress rendition) {
        var layout = rendition.layout();
        return layout == null ? 0 : layout.widthPixels() * layout.heightPixels();
    }
}
