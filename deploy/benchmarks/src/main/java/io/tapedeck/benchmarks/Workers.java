package io.tapedeck.benchmarks;

import io.tapedeck.e2e.EndlessRecording;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import io.tapedeck.e2e.TapedeckInstance.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How much more two workers render that are pinned to a core each, than one that is pinned to one.
/// Broker, database, store and the other services run where the kernel puts them. Needs `taskset`.
///
/// Arguments: sessions (4), repetitions of 19.2 s in each (3).
public final class Workers {

    private static final String RECORDING = "chr-webm-vp8-720-t1000-kf2000";

    private Workers() {}

    public static void main(String[] args) throws IOException {
        int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        int repetitions = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        double one = mediaPerSecond(1, sessions, repetitions);
        double two = mediaPerSecond(2, sessions, repetitions);
        System.out.printf(
                Locale.ROOT,
                "%s: one worker %.2f, two workers %.2f media s per s, ratio %.2f%n",
                RECORDING,
                one,
                two,
                two / one);
    }

    private static double mediaPerSecond(int workers, int sessions, int repetitions)
            throws IOException {
        EndlessRecording recording = Lab.endless(RECORDING);
        try (Lab lab = Lab.start(workers)) {
            int core = 0;
            for (Part part : lab.instance().parts("transcode-worker")) {
                pin(part.pid(), core++);
            }
            lab.warmUp(recording);
            long start = System.nanoTime();
            List<OpenSession> sent = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                sent.add(lab.upload(recording, repetitions));
            }
            sent.forEach(lab::awaitReady);
            double taken = Lab.seconds(Duration.ofNanos(System.nanoTime() - start));
            return sessions * Lab.seconds(recording.length(repetitions)) / taken;
        }
    }

    /// All its threads; what it starts inherits it.
    static void pin(long pid, int core) throws IOException {
        try {
            var taskset =
                    new ProcessBuilder("taskset", "-apc", "" + core, "" + pid)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            if (taskset.waitFor() != 0) {
                throw new IOException("taskset failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
