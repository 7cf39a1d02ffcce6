package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.contract.IndexRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReceivedIndexesTest {

    @Test
    void nothingCame() {
        var received = new ReceivedIndexes(List.of());
        assertThat(received.nextIndex()).isZero();
        assertThat(received.missing(0)).isEmpty();
        assertThat(received.missing(3)).containsExactly(new IndexRange(0, 2));
    }

    @Test
    void gapsAtTheStartInTheMiddleAndAtTheEnd() {
        var received = new ReceivedIndexes(List.of(new IndexRange(1, 2), new IndexRange(5, 5)));
        assertThat(received.nextIndex()).isEqualTo(6);
        assertThat(received.missing(8))
                .containsExactly(new IndexRange(0, 0), new IndexRange(3, 4), new IndexRange(6, 7));
    }

    @Test
    void missingAndReceivedTogetherAreEverything() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var came = new TreeSet<Long>();
            random.longs(random.nextInt(30), 0, 40).forEach(came::add);
            long count = 40 + random.nextInt(3);
            var missing = new TreeSet<Long>();
            for (IndexRange gap : new ReceivedIndexes(ranges(came)).missing(count)) {
                LongStream.rangeClosed(gap.first(), gap.last()).forEach(missing::add);
            }
            assertThat(missing).as("seed %d", seed).noneMatch(came::contains);
            missing.addAll(came);
            assertThat(missing).as("seed %d", seed).hasSize((int) count);
        }
    }

    @Test
    void endlessGapsAreFoldedIntoTheLast() {
        List<IndexRange> everySecond =
                LongStream.range(0, 30_000).mapToObj(i -> new IndexRange(2 * i, 2 * i)).toList();
        List<IndexRange> missing = new ReceivedIndexes(everySecond).missing(60_000);
        assertThat(missing).hasSize(ReceivedIndexes.MAX_GAPS);
        assertThat(missing.getLast()).isEqualTo(new IndexRange(19_999, 59_999));
    }

    private static List<IndexRange> ranges(TreeSet<Long> came) {
        var ranges = new ArrayList<IndexRange>();
        for (long index : came) {
            if (!ranges.isEmpty() && ranges.getLast().last() == index - 1) {
                ranges.add(new IndexRange(ranges.removeLast().first(), index));
            } else {
                ranges.add(new IndexRange(index, index));
            }
        }
        return ranges;
    }
}
