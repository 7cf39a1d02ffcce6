package io.tapedeck.playback.playlist;

import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.catalog.RenditionProgress;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.playback.catalog.SessionStory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Writes playlists with what the read model has. Every rendition must have been announced. Safe
/// for many threads.
final class PlaylistTexts {

    private final CatalogRepository catalog;
    private final Addresses addresses;
    private final KeptWindows windows;

    /// @param keptWindows see [KeptWindows]
    PlaylistTexts(CatalogRepository catalog, Addresses addresses, long keptWindows) {
        this.catalog = catalog;
        this.addresses = addresses;
        this.windows = new KeptWindows(keptWindows, catalog::listed);
    }

    String master(SessionStory story, List<RenditionProgress> playable) {
        var variants = new LinkedHashMap<String, Variant>();
        for (RenditionProgress rendition : playable) {
            variants.put(address(rendition), variant(story, rendition));
        }
        return MasterPlaylist.render(variants);
    }

    /// Of what is rendered.
    String media(SessionStory story, RenditionProgress rendition) {
        return MediaPlaylist.render(
                layout(rendition).targetDurationSeconds(),
                story.sliding(),
                rendition.dropped(),
                windows.listed(story.id(), rendition),
                rendition.ended(),
                addresses.beforeSegment(story.id(), rendition.name()));
    }

    /// Of what is going to be rendered.
    ///
    /// @param whole as of [MediaPlaylist#renderAhead]
    /// @param gaps likewise
    String ahead(String sessionId, RenditionProgress rendition, boolean whole, Set<Long> gaps) {
        return MediaPlaylist.renderAhead(
                layout(rendition).targetDurationSeconds(),
                whole,
                rendition.generation(),
                catalog.foreseen(sessionId, rendition),
                gaps,
                rendition.foreseenWhole(),
                addresses.beforeSegment(sessionId, rendition.name()));
    }

    private String address(RenditionProgress rendition) {
        return rendition.listedAhead() && rendition.foreseenWhole()
                ? addresses.wholePlaylistInMaster(
                        rendition.name(), rendition.generation(), rendition.foreseen().windows())
                : addresses.mediaPlaylistInMaster(rendition.name(), rendition.generation());
    }

    private Variant variant(SessionStory story, RenditionProgress rendition) {
        Layout layout = layout(rendition);
        if (rendition.listedSegments() > 0) {
            return Variant.measured(layout, windows.listed(story.id(), rendition));
        }
        return Variant.expected(
                layout,
                rendition.copied()
                        ? Variant.bitsPerSecond(
                                story.log().sizeBytes(), rendition.foreseen().ticks())
                        : layout.encodedBitsPerSecond());
    }

    private static Layout layout(RenditionProgress rendition) {
        return Objects.requireNonNull(rendition.layout());
    }
}
