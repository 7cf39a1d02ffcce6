package io.tapedeck.timeline.codec;

import java.util.Set;

/// Rates that the timeline counts in: none is higher than its own 48 kHz, and each has some samples
/// in a few milliseconds that begin just where one of 48 kHz does.
public final class SampleRates {

    private static final Set<Integer> COUNTED =
            Set.of(8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

    private SampleRates() {}

    public static boolean isCounted(double hertz) {
        return hertz == (int) hertz && COUNTED.contains((int) hertz);
    }
}
