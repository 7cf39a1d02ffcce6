package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.ForeignContainerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The runs of a session that can only be read as a whole, and what a round finds of them.
final class RunConversions {

    private final PlanRow before;
    private final List<NewConversion> added = new ArrayList<>();

    RunConversions(PlanRow before) {
        this.before = before;
    }

    /// Whether some are not settled yet.
    boolean isDue() {
        return !added.isEmpty() || before.isConversionDue();
    }

    /// Why a run could not be converted, of the first such run.
    Optional<Failure> failure() {
        return before.failedConversion();
    }

    /// Whether what was read of a run is what had been made of it.
    boolean isMade(int run) {
        return before.conversion(run)
                .filter(known -> known.state() == Conversion.State.MADE)
                .isPresent();
    }

    /// Has a run converted, unless that was tried before.
    ///
    /// @return why it is missing meanwhile
    String leave(int run, ForeignContainerException foreign) {
        Optional<Conversion> known = before.conversion(run);
        if (known.isEmpty()) {
            added.add(new NewConversion(run, foreign.container()));
        }
        return known.map(Conversion::reason).orElse(GapList.CONVERTED_LATER);
    }

    /// Those that turned out to be needed in this round.
    List<NewConversion> added() {
        return added;
    }
}
