package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;

/// Pieces of the list of samples, each with the number of its first one.
final class Excerpts {

    /// More than two minutes of 60 pictures and 100 packets a second.
    static final int MOST_SAMPLES = 20_000;

    private Excerpts() {}

    static byte[] of(long firstNumber, List<IndexedSample> samples) {
        StateOutput out = new StateOutput().number(firstNumber);
        IndexedSample.save(samples, out);
        return out.toByteArray();
    }

    /// Samples of neighbours, each once.
    ///
    /// @param excerpts in the order of their windows
    static List<IndexedSample> joined(List<byte[]> excerpts) {
        List<IndexedSample> all = new ArrayList<>();
        long next = Long.MIN_VALUE;
        for (byte[] excerpt : excerpts) {
            StateInput in = new StateInput(excerpt);
            long number = in.number();
            for (IndexedSample sample : IndexedSample.restore(in, MOST_SAMPLES)) {
                if (number >= next) {
                    all.add(sample);
                    next = number + 1;
                }
                number++;
            }
        }
        return all;
    }
}
