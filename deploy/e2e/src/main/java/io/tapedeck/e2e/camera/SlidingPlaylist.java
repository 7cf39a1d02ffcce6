package io.tapedeck.e2e.camera;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Media Playlist as it is written, with what one that slides has to say
/// (draft-pantos-hls-rfc8216bis §4.4.3).
///
/// @param type EXT-X-PLAYLIST-TYPE, which one that loses segments must not have
/// @param ended whether it has EXT-X-ENDLIST
public record SlidingPlaylist(
        int targetSeconds,
        long mediaSequence,
        long discontinuitySequence,
        Optional<String> type,
        boolean ended,
        List<Entry> entries) {

    /// @param number media sequence number
    /// @param discontinuities how many there were up to this segment since the playlist began
    /// @param date EXT-X-PROGRAM-DATE-TIME, where it stands
    public record Entry(
            long number,
            long discontinuities,
            String address,
            double seconds,
            Optional<Instant> date) {}

    public SlidingPlaylist {
        entries = List.copyOf(entries);
    }

    public static SlidingPlaylist parse(String text) {
        var entries = new ArrayList<Entry>();
        long first = number(text, "#EXT-X-MEDIA-SEQUENCE:").orElse(0L);
        long before = number(text, "#EXT-X-DISCONTINUITY-SEQUENCE:").orElse(0L);
        long discontinuities = before;
        double seconds = 0;
        Optional<Instant> date = Optional.empty();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            if (line.equals("#EXT-X-DISCONTINUITY")) {
                discontinuities++;
            } else if (line.startsWith("#EXTINF:")) {
                seconds = Double.parseDouble(line.substring(8, line.indexOf(',')));
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                date = Optional.of(Instant.parse(line.substring(25)));
            } else if (!line.startsWith("#")) {
                entries.add(
                        new Entry(first + entries.size(), discontinuities, line, seconds, date));
                date = Optional.empty();
            }
        }
        return new SlidingPlaylist(
                number(text, "#EXT-X-TARGETDURATION:").orElse(0L).intValue(),
                first,
                before,
                value(text, "#EXT-X-PLAYLIST-TYPE:"),
                text.contains("\n#EXT-X-ENDLIST"),
                entries);
    }

    /// How long what it lists plays.
    public double seconds() {
        return entries.stream().mapToDouble(Entry::seconds).sum();
    }

    private static Optional<Long> number(String text, String tag) {
        return value(text, tag).map(Long::parseLong);
    }

    private static Optional<String> value(String text, String tag) {
        return text.lines()
                .filter(line -> line.startsWith(tag))
                .map(line -> line.substring(tag.length()).strip())
                .findFirst();
    }
}
