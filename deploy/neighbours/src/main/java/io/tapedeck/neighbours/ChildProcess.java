package io.tapedeck.neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The child's side of the bargain with [Neighbours]: says when it is ready, lives as long as its
/// standard input is open, takes its data with it.
final class ChildProcess {

    static final String READY = "neighbour is ready";

    private ChildProcess() {}

    /// What a child needs to end.
    interface Stop {
        void run() throws Exception;
    }

    /// Says ready, waits for the parent's end, stops and deletes `data`.
    static void liveWithParent(Path data, Stop stop) throws IOException {
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // Nobody writes; the stream ends with the parent.
        }
        var halt = new Thread(() -> halt(data), "halt");
        halt.setDaemon(true);
        halt.start();
        try {
            stop.run();
        } catch (Exception e) {
            e.printStackTrace();
        }
        delete(data);
        Runtime.getRuntime().halt(0);
    }

    private static void halt(Path data) {
        try {
            Thread.sleep(5000);
        } catch (InterruptedException e) {
            return;
        }
        delete(data);
        Runtime.getRuntime().halt(1);
    }

    private static void delete(Path data) {
        try (var files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | RuntimeException e) {
            // A temporary directory stays behind; nothing else depends on it.
        }
        // The last child takes the common directory along.
        data.getParent().toFile().delete();
    }
}
