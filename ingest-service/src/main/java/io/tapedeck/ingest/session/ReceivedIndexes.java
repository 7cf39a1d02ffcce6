package io.tapedeck.ingest.session;

import io.tapedeck.ingest.contract.IndexRange;
import java.util.ArrayList;
import java.util.List;

/// Which chunks a session has.
///
/// @param ranges rising, apart from each other by at least one missing index
public record ReceivedIndexes(List<IndexRange> ranges) {

    /// A list of gaps longer than this does not fit into an event. No recorder makes that many: the
    /// rest then counts as one gap.
    static final int MAX_GAPS = 10_000;

    public ReceivedIndexes {
        ranges = List.copyOf(ranges);
    }

    /// The same, counting those that came and were forgotten since.
    ///
    /// @param forgottenBelow all below this came
    public ReceivedIndexes withForgotten(long forgottenBelow) {
        if (forgottenBelow == 0) {
            return this;
        }
        var all = new ArrayList<IndexRange>();
        long last = forgottenBelow - 1;
        for (IndexRange range : ranges) {
            if (range.first() <= forgottenBelow) {
                last = Math.max(last, range.last());
            } else {
                all.add(range);
            }
        }
        all.addFirst(new IndexRange(0, last));
        return new ReceivedIndexes(all);
    }

    /// The index after the highest one that came.
    public long nextIndex() {
        return ranges.isEmpty() ? 0 : ranges.getLast().last() + 1;
    }

    /// The indexes below `chunkCount` that did not come.
    public List<IndexRange> missing(long chunkCount) {
        var gaps = new ArrayList<IndexRange>();
        long expected = 0;
        for (IndexRange range : ranges) {
            if (range.first() > expected) {
                gaps.add(new IndexRange(expected, range.first() - 1));
                if (gaps.size() == MAX_GAPS) {
                    break;
                }
            }
            expected = range.last() + 1;
        }
        if (gaps.size() == MAX_GAPS) {
            long first = gaps.removeLast().first();
            gaps.add(new IndexRange(first, chunkCount - 1));
        } else if (expected < chunkCount) {
            gaps.add(new IndexRange(expected, chunkCount - 1));
        }
        return gaps;
    }
}
