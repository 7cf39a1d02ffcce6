package io.tapedeck.playback.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a live playlist again and again, as a player does, and holds it to
/// draft-pantos-hls-rfc8216bis §4.4.3, §6.2.1 and §6.2.2.
final class SlidingPlaylist {

    private final Map<Long, String> known = new HashMap<>();
    private final Map<Long, Long> discontinuityOf = new HashMap<>();
    private final Set<String> targets = new HashSet<>();
    private long lastSequence;
    private long lastDiscontinuity;
    private long lastEnd;
    private double seconds;
    private boolean ended;

    /// What a playlist says before its segments.
    private @Nullable String target;

    void read(String text) {
        long sequence = number(text, "#EXT-X-MEDIA-SEQUENCE:");
        long discontinuity = number(text, "#EXT-X-DISCONTINUITY-SEQUENCE:");
        target = line(text, "#EXT-X-TARGETDURATION:");
        assertThat(text).doesNotContain("#EXT-X-PLAYLIST-TYPE");
        assertThat(targets.isEmpty() || targets.contains(target)).isTrue();
        targets.add(target);
        assertThat(sequence).isGreaterThanOrEqualTo(lastSequence);
        assertThat(discontinuity).isGreaterThanOrEqualTo(lastDiscontinuity);
        segments(text, sequence, discontinuity);
        boolean dropped = sequence > lastSequence;
        ended = text.contains("#EXT-X-ENDLIST");
        if (dropped && !ended) {
            assertThat(seconds).isGreaterThanOrEqualTo(3.0 * Long.parseLong(target));
        }
        lastSequence = sequence;
        lastDiscontinuity = discontinuity;
    }

    private void segments(String text, long sequence, long discontinuity) {
        long number = sequence;
        long breaks = discontinuity;
        boolean dated = false;
        boolean first = true;
        seconds = 0;
        for (String line : text.lines().toList()) {
            if (line.equals("#EXT-X-DISCONTINUITY")) {
                breaks++;
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                dated = true;
            } else if (line.startsWith("#EXTINF:")) {
                seconds += Double.parseDouble(line.substring(8, line.length() - 1));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                assertThat(!first || dated).as("the first segment is dated").isTrue();
                first = false;
                assertThat(known.computeIfAbsent(number, _ -> line)).isEqualTo(line);
                long now = breaks;
                assertThat(discontinuityOf.computeIfAbsent(number, _ -> now)).isEqualTo(now);
                number++;
            }
        }
        assertThat(number).isGreaterThanOrEqualTo(lastEnd);
        lastEnd = number;
    }

    /// Segments in the last one.
    long size() {
        return lastEnd - lastSequence;
    }

    long first() {
        return lastSequence;
    }

    boolean isEnded() {
        return ended;
    }

    private static long number(String text, String tag) {
        String value = line(text, tag);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private static String line(String text, String tag) {
        return text.lines()
                .filter(line -> line.startsWith(tag))
                .findFirst()
                .map(line -> line.substring(tag.length()))
                .orElse("");
    }
}
