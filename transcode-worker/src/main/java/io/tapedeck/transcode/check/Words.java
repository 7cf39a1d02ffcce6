package io.tapedeck.transcode.check;

import io.tapedeck.timeline.Ticks;
import java.util.List;

/// Pieces of sentences.
final class Words {

    private Words() {}

    static String playlists(List<RenditionFacts> renditions) {
        return renditions.size() == 1
                ? "the playlist"
                : "each of the %d playlists".formatted(renditions.size());
    }

    static long millis(long ticks) {
        return Math.round(ticks * 1000.0 / Ticks.PER_SECOND);
    }
}
