package io.tapedeck.e2e;

import java.util.ArrayList;
import java.util.List;

/// A media playlist as a player reads it (RFC 8216).
///
/// @param segments in order
/// @param ended whether it has its ENDLIST
/// @param targetDurationSeconds as declared
public record Playlist(List<Segment> segments, boolean ended, int targetDurationSeconds) {

    /// @param uri address as listed
    /// @param seconds EXTINF
    /// @param discontinuity whether it starts one
    /// @param gap whether it is marked as missing
    public record Segment(String uri, double seconds, boolean discontinuity, boolean gap) {}

    /// Reads the text of a media playlist.
    public static Playlist parse(String text) {
        List<Segment> segments = new ArrayList<>();
        double seconds = 0;
        boolean discontinuity = false;
        boolean gap = false;
        boolean ended = false;
        int target = 0;
        for (String line : text.lines().toList()) {
            if (line.startsWith("#EXTINF:")) {
                seconds = Double.parseDouble(line.substring(8, line.indexOf(',')));
            } else if (line.equals("#EXT-X-DISCONTINUITY")) {
                discontinuity = true;
            } else if (line.equals("#EXT-X-GAP")) {
                gap = true;
            } else if (line.equals("#EXT-X-ENDLIST")) {
                ended = true;
            } else if (line.startsWith("#EXT-X-TARGETDURATION:")) {
                target = Integer.parseInt(line.substring(22));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                segments.add(new Segment(line, seconds, discontinuity, gap));
                discontinuity = false;
                gap = false;
            }
        }
        return new Playlist(List.copyOf(segments), ended, target);
    }

    /// Addresses of the variants that a master playlist lists.
    public static List<String> variants(String master) {
        return master.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    public double totalSeconds() {
        return segments.stream().mapToDouble(Segment::seconds).sum();
    }
}
