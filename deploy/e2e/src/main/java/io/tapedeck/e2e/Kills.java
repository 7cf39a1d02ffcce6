package io.tapedeck.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// A sequence of deaths that its random numbers determine: who, and how long after the one before.
///
/// @param sequence in order
public record Kills(List<Kill> sequence) {

    /// Workers are what there may be many of, so they die more often.
    private static final List<String> PARTS =
            List.of(
                    "transcode-worker-1",
                    "transcode-worker-2",
                    "transcode-worker-1",
                    "transcode-worker-2",
                    "ingest-service",
                    "playback-service",
                    "kafka",
                    "postgres",
                    "s3proxy");

    private static final Duration RESTARTED = Duration.ofSeconds(120);

    /// How many are killed while they may still be starting.
    private static final double AT_ONCE = 0.25;

    /// @param part name of a process
    /// @param after time since the kill before
    /// @param atOnce whether it is killed as soon as it runs, even if it does not work yet
    public record Kill(String part, Duration after, boolean atOnce) {}

    /// Draws so many kills, each between `shortest` and `longest` after the one before.
    public static Kills drawn(
            RandomGenerator random, int count, Duration shortest, Duration longest) {
        List<Kill> kills = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String part = PARTS.get(random.nextInt(PARTS.size()));
            long millis = random.nextLong(shortest.toMillis(), longest.toMillis() + 1);
            boolean atOnce = random.nextDouble() < AT_ONCE;
            kills.add(new Kill(part, Duration.ofMillis(millis), atOnce));
        }
        return new Kills(List.copyOf(kills));
    }

    /// Kills them all, and waits until all of them are up again. One that is not up again yet is
    /// waited for before it is killed, too: a process that is not there cannot die.
    public void run(TapedeckInstance instance, TapedeckClient client) {
        for (Kill kill : sequence) {
            Pace.every(kill.after()).await();
            Awaitility.await(kill.part() + " can be killed")
                    .atMost(RESTARTED)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isReady(kill, client) && killed(kill, instance));
        }
        Awaitility.await("all are up again")
                .atMost(RESTARTED)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> PARTS.stream().allMatch(client::isUp));
    }

    /// How often each part dies.
    public Map<String, Long> counts() {
        return sequence.stream().collect(Collectors.groupingBy(Kill::part, Collectors.counting()));
    }

    private static boolean isReady(Kill kill, TapedeckClient client) {
        return kill.atOnce() || client.isUp(kill.part());
    }

    private static boolean killed(Kill kill, TapedeckInstance instance) {
        return instance.parts(kill.part()).stream().anyMatch(instance::kill);
    }
}
