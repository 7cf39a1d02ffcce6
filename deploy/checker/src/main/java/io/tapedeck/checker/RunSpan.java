package io.tapedeck.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where one run lies in what was rendered.
///
/// @param run its number, from 0
record RunSpan(Rendered rendered, List<Segment> segments, int run) {

    long startTicks() {
        return rendered.runStarts().get(run);
    }

    long endTicks() {
        return run + 1 < rendered.runStarts().size()
                ? rendered.runStarts().get(run + 1)
                : Long.MAX_VALUE;
    }

    /// `[start, end)` of its segments in the run's ticks, as the playlist declares them.
    List<long[]> windows() {
        var windows = new ArrayList<long[]>();
        int current = -1;
        double start = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (i == 0 || segments.get(i).discontinuity()) {
                current++;
                start = 0;
            }
            double end = start + segments.get(i).seconds();
            if (current == run) {
                windows.add(new long[] {Math.round(start * 90_000), Math.round(end * 90_000)});
            }
            start = end;
        }
        return windows;
    }

    /// Samples of the run at which its segments meet.
    List<Integer> joints() {
        return windows().stream()
                .skip(1)
                .map(window -> (int) (Math.ceilDiv(window[0], 1920L) * 1024))
                .toList();
    }

    /// Its part of the joined sound.
    float[] part(float[] pcm) {
        int from = samples(startTicks());
        int to = endTicks() == Long.MAX_VALUE ? pcm.length : samples(endTicks());
        return Arrays.copyOfRange(pcm, Math.min(from, pcm.length), Math.min(to, pcm.length));
    }

    private int samples(long ticks) {
        long first = rendered.sounds().getFirst().time();
        return (int) ((ticks - first) * 8 / 15);
    }
}
