package io.tapedeck.e2e;

import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/// A recorder whose network is bad and whose server dies: chunks go out at a pace, some twice, some
/// after their successors, and each is sent again until it is acknowledged.
public final class StubbornUpload {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final double SENT_TWICE = 0.2;
    private static final double SWAPPED = 0.2;

    private final TapedeckClient client;
    private final Recording recording;
    private final List<Integer> order;
    private final Duration pace;
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();

    /// @param random decides what comes twice and what changes places
    /// @param pace time between two chunks
    public StubbornUpload(
            TapedeckClient client, Recording recording, RandomGenerator random, Duration pace) {
        this.client = client;
        this.recording = recording;
        this.order = order(recording.chunks().size(), random);
        this.pace = pace;
    }

    /// Opens a session, as often as it takes.
    public OpenSession open(String title) {
        List<OpenSession> opened = new ArrayList<>();
        insist(
                title + " is opened",
                () -> {
                    opened.add(client.open(title, recording.mimeType()));
                    return true;
                });
        return opened.getFirst();
    }

    /// Sends everything and completes the session.
    public void send(OpenSession session) {
        Pace clock = Pace.every(pace);
        for (int index : order) {
            clock.await();
            insist("chunk %d of %s".formatted(index, recording), () -> put(session, index));
            acknowledged.add(index);
        }
        insist("%s is completed".formatted(recording), () -> complete(session));
    }

    /// Indexes that the server has acknowledged.
    public Set<Integer> acknowledged() {
        return Collections.unmodifiableSet(acknowledged);
    }

    private boolean put(OpenSession session, int index) {
        return done(
                client.putChunk(session, index, recording.run(index), recording.bytes(index)),
                List.of(200, 201));
    }

    private boolean complete(OpenSession session) {
        return done(client.complete(session, recording.chunks().size()), List.of(202));
    }

    /// @return false when it is to be tried again
    /// @throws IllegalStateException it was refused for good
    private static boolean done(Answer answer, List<Integer> expected) {
        if (expected.contains(answer.status())) {
            return true;
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            return false;
        }
        throw new IllegalStateException("refused: " + answer);
    }

    private static void insist(String what, Supplier<Boolean> attempt) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(RETRY)
                .pollInSameThread()
                .until(() -> {
                    try {
                        return attempt.get();
                    } catch (UncheckedIOException e) {
                        return false;
                    }
                });
    }

    private static List<Integer> order(int chunks, RandomGenerator random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            order.add(i);
            if (random.nextDouble() < SENT_TWICE) {
                order.add(i);
            }
        }
        for (int i = 1; i < order.size(); i++) {
            if (random.nextDouble() < SWAPPED) {
                Collections.swap(order, i - 1, i);
            }
        }
        return List.copyOf(order);
    }
}
