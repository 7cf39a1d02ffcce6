package io.tapedeck.playback.playlist;

import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.playback.catalog.WindowOutcome;
import io.tapedeck.playback.catalog.WindowOutcome.Segment;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One rendition as a Multivariant Playlist describes it, measured from the segments that exist, or
/// expected before there are any.
///
/// @param peakBitsPerSecond draft-pantos-hls-rfc8216bis §4.4.6.2: the highest rate of neighbouring
///   segments that last between half and one and a half target durations together
/// @param averageBitsPerSecond over all segments
/// @param codecs RFC 6381, all that occur
/// @param milliFramesPerSecond usual frame rate, 0 without pictures
record Variant(
        Layout layout,
        long peakBitsPerSecond,
        long averageBitsPerSecond,
        Set<String> codecs,
        long milliFramesPerSecond) {

    private static final long TICKS_PER_SECOND = 90_000;

    /// The encoder may spend two seconds' worth of bits in one, and recorders do likewise.
    private static final int PEAK_OF_AVERAGE = 2;

    /// @param listed outcomes of neighbouring windows, ascending, at least one [Segment]
    static Variant measured(Layout layout, List<WindowOutcome> listed) {
        List<Segment> segments =
                listed.stream().filter(Segment.class::isInstance).map(Segment.class::cast).toList();
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("nothing to measure");
        }
        long target = layout.targetDurationSeconds() * TICKS_PER_SECOND;
        long average = average(segments);
        return new Variant(
                layout,
                Math.max(average, peak(listed, target)),
                average,
                codecs(segments),
                frameRate(segments, target));
    }

    /// One of which nothing is rendered at its beginning, which lasts for seconds at most. A player
    /// that takes it has no other one to choose from, so a rough bound does no harm; codecs and
    /// frame rate are left out (§4.4.6.2: SHOULD), for players find them in the first segment.
    ///
    /// @param averageBitsPerSecond what it is going to be, or a bound of that
    static Variant expected(Layout layout, long averageBitsPerSecond) {
        long average = Math.max(1, averageBitsPerSecond);
        return new Variant(layout, PEAK_OF_AVERAGE * average, average, Set.of(), 0);
    }

    private static long average(List<Segment> segments) {
        return bitsPerSecond(
                segments.stream().mapToLong(Segment::sizeBytes).sum(),
                segments.stream().mapToLong(Segment::durationTicks).sum());
    }

    private static long peak(List<WindowOutcome> listed, long targetTicks) {
        long peak = 0;
        for (int first = 0; first < listed.size(); first++) {
            long sizeBytes = 0;
            long ticks = 0;
            for (int last = first; last < listed.size(); last++) {
                if (!(listed.get(last) instanceof Segment segment)) {
                    break;
                }
                sizeBytes += segment.sizeBytes();
                ticks += segment.durationTicks();
                if (2 * ticks > 3 * targetTicks) {
                    break;
                }
                if (2 * ticks >= targetTicks) {
                    peak = Math.max(peak, bitsPerSecond(sizeBytes, ticks));
                }
            }
        }
        return peak;
    }

    private static Set<String> codecs(List<Segment> segments) {
        Set<String> all = new LinkedHashSet<>();
        for (Segment segment : segments) {
            Arrays.stream(segment.codecs().split(","))
                    .map(String::strip)
                    .filter(codec -> !codec.isEmpty())
                    .forEach(all::add);
        }
        return all;
    }

    /// The median. Jitter at a border gives a window one picture more or less, and the end of a run
    /// may be one picture long: the highest rate of a single window would be one that nobody
    /// filmed.
    private static long frameRate(List<Segment> segments, long targetTicks) {
        List<Segment> longOnes =
                segments.stream()
                        .filter(segment -> 2 * segment.durationTicks() >= targetTicks)
                        .toList();
        long[] rates =
                (longOnes.isEmpty() ? segments : longOnes)
                        .stream()
                                .mapToLong(s -> milliRate(s.frames(), s.durationTicks()))
                                .sorted()
                                .toArray();
        return rates[rates.length / 2];
    }

    private static long milliRate(long frames, long ticks) {
        return ticks == 0 ? 0 : Math.round(frames * 1000.0 * TICKS_PER_SECOND / ticks);
    }

    static long bitsPerSecond(long sizeBytes, long ticks) {
        return Math.ceilDiv(sizeBytes * 8 * TICKS_PER_SECOND, Math.max(1, ticks));
    }
}
