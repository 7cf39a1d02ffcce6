package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The places from which windows that are not closed yet may want to be read, and no others.
final class Checkpoints {

    /// In the order of their blocks.
    private final List<Checkpoint> kept = new ArrayList<>();

    void add(Checkpoint checkpoint) {
        kept.add(checkpoint);
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /// The oldest one. There must be one.
    Checkpoint first() {
        return kept.getFirst();
    }

    /// The latest place from which both the picture `keyBlock` and the sound from `soundFrom` on
    /// can be had; the first one when there is none, at the very beginning.
    ///
    /// @param keyBlock [Long#MAX_VALUE] where no picture is wanted
    Checkpoint choose(long keyBlock, long soundFrom) {
        return kept.get(latest(c -> reachesPicture(c, keyBlock) && reachesSound(c, soundFrom)));
    }

    /// Forgets what no later [#choose] can ask for.
    ///
    /// @param keyBlocks all pictures that may be asked for
    /// @param soundFroms in own samples, of all windows that may ask
    void retain(List<Long> keyBlocks, List<Long> soundFroms) {
        boolean[] needed = new boolean[kept.size()];
        needed[kept.size() - 1] = true;
        for (long key : keyBlocks) {
            needed[latest(c -> reachesPicture(c, key))] = true;
        }
        for (long sound : soundFroms) {
            needed[latest(c -> reachesSound(c, sound))] = true;
        }
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (!needed[i]) {
                kept.remove(i);
            }
        }
    }

    private int latest(Predicate<Checkpoint> wanted) {
        for (int i = kept.size() - 1; i > 0; i--) {
            if (wanted.test(kept.get(i))) {
                return i;
            }
        }
        return 0;
    }

    private static boolean reachesPicture(Checkpoint checkpoint, long keyBlock) {
        return checkpoint.block() <= keyBlock;
    }

    private static boolean reachesSound(Checkpoint checkpoint, long soundFrom) {
        return checkpoint.clock().sounds().nextSample() <= soundFrom;
    }

    void save(StateOutput out) {
        out.number(kept.size());
        kept.forEach(checkpoint -> checkpoint.save(out));
    }

    static Checkpoints restore(StateInput in) {
        Checkpoints checkpoints = new Checkpoints();
        for (long count = in.number(); count > 0; count--) {
            checkpoints.add(Checkpoint.restore(in));
        }
        return checkpoints;
    }
}
