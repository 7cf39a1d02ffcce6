package io.tapedeck.checker;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A media playlist (RFC 8216), as far as the checker needs it.
///
/// @param ended whether it has EXT-X-ENDLIST
public record Playlist(List<Entry> entries, double targetSeconds, boolean ended) {

    /// @param gap whether EXT-X-GAP says that there is nothing to fetch
    public record Entry(URI uri, double seconds, boolean discontinuity, boolean gap) {}

    /// @param base what relative addresses are relative to
    public static Playlist parse(URI base, String text) {
        var entries = new ArrayList<Entry>();
        double target = 0;
        boolean ended = false;
        double seconds = 0;
        boolean discontinuity = false;
        boolean gap = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("#EXTINF:")) {
                seconds = Double.parseDouble(line.substring(8).split(",", -1)[0]);
            } else if (line.startsWith("#EXT-X-TARGETDURATION:")) {
                target = Double.parseDouble(line.substring(22));
            } else if (line.equals("#EXT-X-DISCONTINUITY")) {
                discontinuity = true;
            } else if (line.equals("#EXT-X-GAP")) {
                gap = true;
            } else if (line.equals("#EXT-X-ENDLIST")) {
                ended = true;
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                entries.add(new Entry(base.resolve(line), seconds, discontinuity, gap));
                discontinuity = false;
                gap = false;
            }
        }
        return new Playlist(List.copyOf(entries), target, ended);
    }
}
