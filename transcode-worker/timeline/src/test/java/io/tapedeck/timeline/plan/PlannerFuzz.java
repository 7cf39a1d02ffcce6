package io.tapedeck.timeline.plan;

/// What the fuzzer calls, by the name of its method; see [FuzzIT].
public final class PlannerFuzz {

    private PlannerFuzz() {}

    public static void fuzzerTestOneInput(byte[] run) {
        Promises.keep(run);
    }
}
