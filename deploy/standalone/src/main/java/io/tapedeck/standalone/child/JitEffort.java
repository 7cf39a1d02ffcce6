package io.tapedeck.standalone.child;

import java.util.List;

/// How much a JVM invests in compiling its own code. With the JDK's defaults the optimising
/// compiler takes a third of a service's start (2.3 of 6.8 CPU seconds), which on two cores
/// everything else waits for.
public enum JitEffort {
    /// Only the fast compiler: for what mostly waits and passes on. Has no SHA and MD5
    /// instructions.
    LEAST(List.of("-XX:TieredStopAtLevel=1")),

    /// The optimising compiler too, ten times later than by default: code that is really hot gets
    /// it all the same, and the start is left alone.
    LATE(
            List.of(
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000"));

    private final List<String> options;

    JitEffort(List<String> options) {
        this.options = options;
    }

    List<String> options() {
        return options;
    }
}
