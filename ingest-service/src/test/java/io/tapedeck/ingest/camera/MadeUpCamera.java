package io.tapedeck.ingest.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A camera that is switched on and off by a test. What it sends is `header n` for its nth
/// connection, then `n/0 n/1 …`.
final class MadeUpCamera {

    private static final Map<String, MadeUpCamera> ALL = new ConcurrentHashMap<>();
    private static final Duration PACE = Duration.ofMillis(20);

    private final String host = "cam-" + UUID.randomUUID();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger mostConnected = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean on;

    static MadeUpCamera on() {
        MadeUpCamera camera = off();
        camera.on = true;
        return camera;
    }

    static MadeUpCamera off() {
        var camera = new MadeUpCamera();
        ALL.put(camera.host, camera);
        return camera;
    }

    static @Nullable MadeUpCamera at(String host) {
        return ALL.get(host);
    }

    String url() {
        return "http://admin:top-secret@" + host + "/stream";
    }

    void switchOn() {
        on = true;
    }

    void switchOff() {
        on = false;
    }

    /// How many are connected now.
    int connected() {
        return connected.get();
    }

    /// How many were connected at one time.
    int mostConnected() {
        return mostConnected.get();
    }

    /// How many there were.
    int connections() {
        return connections.get();
    }

    /// Pieces that were taken.
    int sent() {
        return sent.get();
    }

    void pull(CameraFeed.Sink sink) throws FeedException, InterruptedException {
        if (!on) {
            throw new FeedException("camera-unreachable", "Nobody answers at " + url() + ".");
        }
        int number = connections.getAndIncrement();
        mostConnected.accumulateAndGet(connected.incrementAndGet(), Math::max);
        try {
            sink.header("video/x-matroska", ("header " + number).getBytes(UTF_8));
            for (int piece = 0; on; piece++) {
                sink.media((number + "/" + piece).getBytes(UTF_8));
                sent.incrementAndGet();
                Thread.sleep(PACE);
            }
            throw new FeedException("camera-ended", "It was switched off.");
        } finally {
            connected.decrementAndGet();
        }
    }
}
