package io.tapedeck.playback.playlist;

import io.tapedeck.playback.catalog.Dropped;
import io.tapedeck.playback.catalog.PlannedWindow;
import io.tapedeck.playback.catalog.WindowOutcome;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a Media Playlist (draft-pantos-hls-rfc8216bis §4.4): an EVENT playlist that only grows,
/// from window 0, until it gets its end; a VOD playlist, where all was known from the start; or one
/// without a type, from whose beginning segments are taken out while it grows.
///
/// Each unbroken part says when it was recorded, as far as anybody knows; within it time runs on.
///
/// A segment's media sequence number is that of its window (§4.4.3.2). Its discontinuity sequence
/// number counts the discontinuities since window 0 (§4.4.3.3); one in front of the first segment
/// is taken out with the segment before it. Where nothing is taken out both are 0.
final class MediaPlaylist {

    /// The first version in which EXT-X-TARGETDURATION bounds the *rounded* durations (§8); a
    /// window of 2.02 s under a target of 2 s needs it. EXT-X-GAP and EXT-X-INDEPENDENT-SEGMENTS
    /// ask for no higher one.
    static final int VERSION = 6;

    /// To the millisecond, which is as exact as §4.4.4.6 asks for.
    private static final DateTimeFormatter DATE_TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final String FROM_BEGINNING = "#EXT-X-START:TIME-OFFSET=0\n";

    private static final long MICROS_PER_SECOND = 1_000_000;

    private MediaPlaylist() {}

    /// What a playlist says of a window.
    ///
    /// @param file address of the segment; where nothing is when it is a gap
    private record Entry(
            int run,
            long startTicks,
            long durationTicks,
            @Nullable Instant recordedAt,
            boolean gap,
            String file) {

        private static Entry of(WindowOutcome outcome) {
            return new Entry(
                    outcome.run(),
                    outcome.startTicks(),
                    outcome.durationTicks(),
                    outcome.recordedAt(),
                    outcome instanceof WindowOutcome.Missing,
                    switch (outcome) {
                        case WindowOutcome.Segment s -> s.window() + "-" + s.digest() + ".ts";
                        case WindowOutcome.Missing m -> m.window() + "-gap.ts";
                    });
        }

        /// The first result of a window is the only one, so its number will do for an address.
        private static Entry of(PlannedWindow window, boolean gap, int generation) {
            return new Entry(
                    window.run(),
                    window.startTicks(),
                    window.durationTicks(),
                    window.recordedAt(),
                    gap,
                    generation + "/" + window.window() + ".ts");
        }

        /// Another run has other encodings and clocks; and time that was never recorded makes the
        /// timestamps jump (§4.4.4.3).
        private boolean breaksFrom(Entry before) {
            return before.run != run || before.startTicks + before.durationTicks != startTicks;
        }
    }

    private static final String EVENT = "EVENT";

    /// What a playlist says of itself.
    ///
    /// @param type its EXT-X-PLAYLIST-TYPE; null without one
    /// @param dropped what was taken out of it
    /// @param start where players are to begin; empty where that is theirs to decide
    private record Head(@Nullable String type, Dropped dropped, String start) {}

    /// One that lists what is rendered.
    ///
    /// @param targetDurationSeconds the same for the whole life of the playlist
    /// @param sliding whether segments are taken out of it at some time
    /// @param dropped what was taken out
    /// @param listed outcomes of the windows behind that, without a hole
    /// @param ended whether nothing will ever be added
    /// @param beforeFile put before each segment's file name, possibly empty
    static String render(
            int targetDurationSeconds,
            boolean sliding,
            Dropped dropped,
            List<WindowOutcome> listed,
            boolean ended,
            String beforeFile) {
        return render(
                targetDurationSeconds,
                new Head(sliding ? null : EVENT, dropped, ""),
                listed.stream().map(Entry::of).toList(),
                ended,
                beforeFile);
    }

    /// One that lists what is going to be rendered, each segment under an address that it has
    /// before. Whoever asks for one that is not there waits for it. While it grows, a player would
    /// take it for live and begin near its end, so it says where a file begins (§4.4.2.2).
    ///
    /// @param whole whether it was known to its end when its own address was given out
    /// @param listed window 0, 1, 2… without a hole
    /// @param gaps numbers of those that were given up. One that was listed before keeps its
    ///   address; that it is a gap is said to whoever comes later
    static String renderAhead(
            int targetDurationSeconds,
            boolean whole,
            int generation,
            List<PlannedWindow> listed,
            Set<Long> gaps,
            boolean ended,
            String beforeFile) {
        return render(
                targetDurationSeconds,
                new Head(whole ? "VOD" : EVENT, Dropped.NOTHING, whole ? "" : FROM_BEGINNING),
                listed.stream()
                        .map(window -> Entry.of(window, gaps.contains(window.window()), generation))
                        .toList(),
                ended,
                beforeFile);
    }

    private static String render(
            int targetDurationSeconds,
            Head head,
            List<Entry> entries,
            boolean ended,
            String beforeFile) {
        var text = new StringBuilder(200 + 60 * entries.size());
        text.append("#EXTM3U\n#EXT-X-VERSION:").append(VERSION);
        text.append("\n#EXT-X-TARGETDURATION:").append(targetDurationSeconds);
        text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(head.dropped().windows());
        if (head.dropped().discontinuities() > 0) {
            text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:");
            text.append(head.dropped().discontinuities());
        }
        if (head.type() != null) {
            text.append("\n#EXT-X-PLAYLIST-TYPE:").append(head.type());
        }
        text.append("\n#EXT-X-INDEPENDENT-SEGMENTS\n").append(head.start());
        Entry before = null;
        for (Entry entry : entries) {
            boolean breaks = before != null && entry.breaksFrom(before);
            if (breaks) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            Instant recordedAt = entry.recordedAt();
            if (recordedAt != null && (before == null || breaks)) {
                text.append("#EXT-X-PROGRAM-DATE-TIME:").append(DATE_TIME.format(recordedAt));
                text.append('\n');
            }
            if (entry.gap()) {
                text.append("#EXT-X-GAP\n");
            }
            text.append("#EXTINF:").append(seconds(entry.durationTicks())).append(",\n");
            text.append(beforeFile).append(entry.file()).append('\n');
            before = entry;
        }
        return text.append(ended ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    /// Six decimals: 10,000 of them together are off by 5 ms at most.
    private static String seconds(long ticks) {
        // One tick is 100/9 µs; adding half of it rounds.
        long micros = (ticks * 200 + 9) / 18;
        return "%d.%06d".formatted(micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND);
    }
}
