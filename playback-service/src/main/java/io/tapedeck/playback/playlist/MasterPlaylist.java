package io.tapedeck.playback.playlist;

import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Writes a Multivariant Playlist (draft-pantos-hls-rfc8216bis §4.4.6).
final class MasterPlaylist {

    private MasterPlaylist() {}

    /// @param variants by the address of their media playlist, best first: players that do not
    ///   measure start with the first
    static String render(SequencedMap<String, Variant> variants) {
        var text = new StringBuilder(100 + 200 * variants.size());
        text.append("#EXTM3U\n#EXT-X-VERSION:").append(MediaPlaylist.VERSION);
        text.append("\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (Map.Entry<String, Variant> entry : variants.entrySet()) {
            text.append("#EXT-X-STREAM-INF:").append(attributes(entry.getValue()));
            text.append('\n').append(entry.getKey()).append('\n');
        }
        return text.toString();
    }

    private static String attributes(Variant variant) {
        var text = new StringBuilder();
        text.append("BANDWIDTH=").append(variant.peakBitsPerSecond());
        text.append(",AVERAGE-BANDWIDTH=").append(variant.averageBitsPerSecond());
        if (!variant.codecs().isEmpty()) {
            text.append(",CODECS=\"").append(String.join(",", variant.codecs())).append('"');
        }
        var layout = variant.layout();
        if (layout.widthPixels() > 0 && layout.heightPixels() > 0) {
            text.append(",RESOLUTION=").append(layout.widthPixels());
            text.append('x').append(layout.heightPixels());
        }
        if (variant.milliFramesPerSecond() > 0) {
            text.append(",FRAME-RATE=")
                    .append(
                            String.format(
                                    Locale.ROOT, "%.3f", variant.milliFramesPerSecond() / 1000.0));
        }
        return text.toString();
    }
}
