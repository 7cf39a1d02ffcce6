package io.tapedeck.playback.playlist;

import io.tapedeck.playback.catalog.WindowOutcome;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/// Writes a Media Playlist (draft-pantos-hls-rfc8216bis §4.4): an EVENT playlist that only grows,
/// from window 0, until it gets its end.
///
/// Each unbroken part says when it was recorded, as far as anybody knows; within it time runs on.
///
/// Its media sequence starts at 0 and no segment is ever taken out, so EXT-X-MEDIA-SEQUENCE stays 0
/// and EXT-X-DISCONTINUITY-SEQUENCE is left at its default, 0 as well.
final class MediaPlaylist {

    /// The first version in which EXT-X-TARGETDURATION bounds the *rounded* durations (§8); a
    /// window of 2.02 s under a target of 2 s needs it. EXT-X-GAP and EXT-X-INDEPENDENT-SEGMENTS
    /// ask for no higher one.
    static final int VERSION = 6;

    /// To the millisecond, which is as exact as §4.4.4.6 asks for.
    private static final DateTimeFormatter DATE_TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final long MICROS_PER_SECOND = 1_000_000;

    private MediaPlaylist() {}

    /// @param targetDurationSeconds the same for the whole life of the playlist
    /// @param listed outcomes of window 0, 1, 2… without a hole
    /// @param ended whether nothing will ever be added
    /// @param beforeFile put before each segment's file name, possibly empty
    static String render(
            int targetDurationSeconds,
            List<WindowOutcome> listed,
            boolean ended,
            String beforeFile) {
        var text = new StringBuilder(200 + 60 * listed.size());
        text.append("#EXTM3U\n#EXT-X-VERSION:").append(VERSION);
        text.append("\n#EXT-X-TARGETDURATION:").append(targetDurationSeconds);
        text.append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT\n");
        text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        WindowOutcome before = null;
        for (WindowOutcome outcome : listed) {
            boolean breaks = before != null && breaks(before, outcome);
            if (breaks) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            Instant recordedAt = outcome.recordedAt();
            if (recordedAt != null && (before == null || breaks)) {
                text.append("#EXT-X-PROGRAM-DATE-TIME:").append(DATE_TIME.format(recordedAt));
                text.append('\n');
            }
            if (outcome instanceof WindowOutcome.Missing) {
                text.append("#EXT-X-GAP\n");
            }
            text.append("#EXTINF:").append(seconds(outcome.durationTicks())).append(",\n");
            text.append(beforeFile).append(file(outcome)).append('\n');
            before = outcome;
        }
        return text.append(ended ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    /// Another run has other encodings and clocks; and time that was never recorded makes the
    /// timestamps jump (§4.4.4.3).
    private static boolean breaks(WindowOutcome before, WindowOutcome after) {
        return before.run() != after.run() || before.endTicks() != after.startTicks();
    }

    /// What stands for a segment that does not exist is an address where nothing is.
    private static String file(WindowOutcome outcome) {
        return switch (outcome) {
            case WindowOutcome.Segment s -> s.window() + "-" + s.digest() + ".ts";
            case WindowOutcome.Missing m -> m.window() + "-gap.ts";
        };
    }

    /// Six decimals: 10,000 of them together are off by 5 ms at most.
    private static String seconds(long ticks) {
        // One tick is 100/9 µs; adding half of it rounds.
        long micros = (ticks * 200 + 9) / 18;
        return "%d.%06d".formatted(micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND);
    }
}
