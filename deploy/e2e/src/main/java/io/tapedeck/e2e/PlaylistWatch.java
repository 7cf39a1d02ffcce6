package io.tapedeck.e2e;

import io.tapedeck.e2e.TapedeckClient.Answer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// A player that never looks away: polls all playlists of one session and notes whatever a viewer
/// must never see.
///
/// A playlist only grows: what it said once it goes on saying, line by line, so that no address
/// changes, no line disappears and no sequence number goes back. No address comes twice, no window
/// number falls. A playlist that was there stays there. Servers that are away are no matter.
public final class PlaylistWatch implements AutoCloseable {

    private static final String END = "#EXT-X-ENDLIST\n";

    private final TapedeckClient client;
    private final String master;
    private final Duration period;
    private final Map<URI, String> seen = new LinkedHashMap<>();
    private final Set<String> problems = new TreeSet<>();
    private final Thread thread;
    private boolean masterWasThere;
    private long polls;
    private volatile boolean closed;

    private PlaylistWatch(TapedeckClient client, String sessionId, Duration period) {
        this.client = client;
        this.master = "/hls/%s/master.m3u8".formatted(sessionId);
        this.period = period;
        this.thread = Thread.ofVirtual().name("watch-" + sessionId).unstarted(this::run);
    }

    /// Starts to poll, until it is closed.
    public static PlaylistWatch start(TapedeckClient client, String sessionId, Duration period) {
        var watch = new PlaylistWatch(client, sessionId, period);
        watch.thread.start();
        return watch;
    }

    /// What was wrong so far, each once.
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /// How often a playlist was read.
    public synchronized long polls() {
        return polls;
    }

    /// Looks once more, then stops.
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
            poll();
            LockSupport.parkNanos(period.toNanos());
        }
        poll();
    }

    private void poll() {
        try {
            Answer answer = client.get(master);
            if (answer.status() == 200) {
                masterWasThere = true;
                variants(answer.text()).forEach(this::pollVariant);
            } else if (answer.status() == 404 && masterWasThere) {
                note("the master playlist is gone");
            }
        } catch (UncheckedIOException e) {
            // The front door is always there; what is behind it may be away for now.
        }
    }

    private void pollVariant(URI uri) {
        Answer answer = client.get(uri.toString());
        if (answer.status() == 200) {
            compare(uri, answer.text());
        } else if (answer.status() == 404 && seen.containsKey(uri)) {
            note(uri + " is gone");
        }
    }

    private synchronized void compare(URI uri, String text) {
        polls++;
        String before = seen.put(uri, text);
        if (before != null && !text.startsWith(before.replace(END, ""))) {
            note("%s changed what it said:\n%s\n->\n%s".formatted(uri, before, text));
        }
        if (before != null && before.endsWith(END) && !text.equals(before)) {
            note(uri + " changed after its end");
        }
        List<String> names = names(text);
        if (names.size() != new HashSet<>(names).size()) {
            note(uri + " lists an address twice:\n" + text);
        }
        for (int i = 1; i < names.size(); i++) {
            if (window(names.get(i)) != window(names.get(i - 1)) + 1) {
                note("%s: %s comes after %s".formatted(uri, names.get(i), names.get(i - 1)));
            }
        }
    }

    private synchronized void note(String problem) {
        problems.add(problem);
    }

    private List<URI> variants(String text) {
        URI base = client.resolve(master);
        return addresses(text).stream().map(base::resolve).toList();
    }

    private static List<String> names(String text) {
        return addresses(text).stream()
                .map(address -> address.substring(address.lastIndexOf('/') + 1))
                .toList();
    }

    private static List<String> addresses(String text) {
        return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    /// The number that a segment's name begins with.
    private static long window(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }
}
