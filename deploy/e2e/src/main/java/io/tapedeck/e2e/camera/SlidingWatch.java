package io.tapedeck.e2e.camera;

import io.tapedeck.e2e.TapedeckClient;
import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.camera.SlidingPlaylist.Entry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A viewer of a camera who reads the playlist of one rendition again and again, and notes whatever
/// [SlidingRules] do not allow, and what was taken away too early: a segment has to be there for as
/// long as the longest playlist with it, and itself, play after it was taken out
/// (draft-pantos-hls-rfc8216bis §6.2.2). Servers that are away are no matter.
public final class SlidingWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /// How long before it may go a segment is asked for once more.
    private static final Duration LAST_LOOK = Duration.ofSeconds(3);

    private final TapedeckClient client;
    private final String master;
    private final String rendition;
    private final Thread thread;
    private final Set<String> problems = new TreeSet<>();
    private final Deque<Removed> removed = new ArrayDeque<>();
    private @Nullable SlidingPlaylist latest;
    private @Nullable Listed newest;
    private double longestSeconds;
    private long polls;
    private long lastLooks;
    private volatile boolean closed;

    /// A segment when it was listed for the first time.
    ///
    /// @param seenAt at most a poll after it was
    public record Listed(Entry entry, URI uri, Instant seenAt) {}

    private record Removed(URI uri, Instant mayGoAt) {}

    private SlidingWatch(TapedeckClient client, String sessionId, String rendition) {
        this.client = client;
        this.master = "/hls/%s/master.m3u8".formatted(sessionId);
        this.rendition = rendition;
        this.thread = Thread.ofVirtual().name("watch-" + sessionId).unstarted(this::run);
    }

    /// Starts to look, until it is closed.
    public static SlidingWatch start(TapedeckClient client, String sessionId, String rendition) {
        var watch = new SlidingWatch(client, sessionId, rendition);
        watch.thread.start();
        return watch;
    }

    /// What was wrong so far, each once.
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /// The playlist as it was read last.
    public synchronized Optional<SlidingPlaylist> playlist() {
        return Optional.ofNullable(latest);
    }

    /// The newest segment that is listed.
    public synchronized Optional<Listed> newest() {
        return Optional.ofNullable(newest);
    }

    /// How often a playlist was read.
    public synchronized long polls() {
        return polls;
    }

    /// How many segments were asked for after they were taken out.
    public synchronized long lastLooks() {
        return lastLooks;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                variant().ifPresent(this::poll);
                lookAgain();
            } catch (UncheckedIOException e) {
                // The front door is always there; what is behind it may be away for now.
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private Optional<URI> variant() {
        Answer answer = client.get(master);
        return answer.status() == 200
                ? answer.text()
                        .lines()
                        .filter(line -> line.startsWith(rendition + "/"))
                        .findFirst()
                        .map(client.resolve(master)::resolve)
                : Optional.empty();
    }

    private void poll(URI uri) {
        Answer answer = client.get(uri.toString());
        if (answer.status() == 200) {
            take(uri, SlidingPlaylist.parse(answer.text()), Instant.now());
        } else if (answer.status() == 404) {
            note("the playlist is gone: " + uri);
        }
    }

    private synchronized void take(URI uri, SlidingPlaylist now, Instant at) {
        polls++;
        SlidingPlaylist before = latest;
        latest = now;
        longestSeconds = Math.max(longestSeconds, now.seconds());
        if (before == null) {
            problems.addAll(SlidingRules.problems(now));
            return;
        }
        if (now.equals(before)) {
            return;
        }
        problems.addAll(SlidingRules.problems(before, now));
        before.entries().stream()
                .filter(entry -> entry.number() < now.mediaSequence())
                .forEach(entry -> removed.add(gone(uri, entry, at)));
        if (!now.entries().isEmpty()) {
            Entry last = now.entries().getLast();
            Listed known = newest;
            if (known == null || known.entry().number() < last.number()) {
                newest = new Listed(last, uri.resolve(last.address()), at);
            }
        }
    }

    private Removed gone(URI uri, Entry entry, Instant at) {
        long millis = (long) ((entry.seconds() + longestSeconds) * 1000);
        return new Removed(uri.resolve(entry.address()), at.plusMillis(millis));
    }

    /// Asks once more for what may go soon.
    private void lookAgain() {
        for (Removed next = nextToGo(); next != null; next = nextToGo()) {
            int status = client.get(next.uri().toString()).status();
            if (Instant.now().isBefore(next.mayGoAt())) {
                looked();
                if (status == 404) {
                    note(next.uri() + " is gone too early");
                }
            }
        }
    }

    private synchronized @Nullable Removed nextToGo() {
        Removed oldest = removed.peek();
        if (oldest != null && Instant.now().isAfter(oldest.mayGoAt().minus(LAST_LOOK))) {
            return removed.poll();
        }
        return null;
    }

    private synchronized void looked() {
        lastLooks++;
    }

    private synchronized void note(String problem) {
        problems.add(problem);
    }
}
