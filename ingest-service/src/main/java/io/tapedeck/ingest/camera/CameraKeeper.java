package io.tapedeck.ingest.camera;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Keeps cameras being pulled: claims those that nobody pulls, says that it still does, and stops
/// when it can no longer say so. Of several processes' keepers, one has each camera.
///
/// [#look] and [#fence] are called once a second or so, each by one thread at a time.
final class CameraKeeper {

    private static final System.Logger LOG = System.getLogger(CameraKeeper.class.getName());

    private final CameraLeases leases;
    private final CameraFeeds feeds;
    private final CameraLog log;
    private final CameraBuffer.Memory memory;
    private final CameraRules rules;
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();
    private volatile boolean stopped;

    CameraKeeper(
            CameraLeases leases,
            CameraFeeds feeds,
            CameraLog log,
            CameraBuffer.Memory memory,
            CameraRules rules,
            Clock clock) {
        this.leases = leases;
        this.feeds = feeds;
        this.log = log;
        this.memory = memory;
        this.rules = rules;
        this.clock = clock;
    }

    /// A camera that is pulled here.
    private static final class Held {

        private final CameraPull pull;
        private volatile long renewedNanos;
        private CameraStatus told;

        /// @param renewedNanos before it was claimed, by [System#nanoTime]
        Held(CameraPull pull, long renewedNanos) {
            this.pull = pull;
            this.renewedNanos = renewedNanos;
            this.told = pull.claim().status();
        }

        boolean isDue(CameraStatus status, Duration renewal) {
            return !status.tells(told) || isOlder(renewal);
        }

        boolean isOlder(Duration age) {
            return System.nanoTime() - renewedNanos >= age.toNanos();
        }
    }

    /// Renews what is held and claims what is free. Throws a runtime exception when the database
    /// does not answer; then the next look may.
    void look() {
        held.values().removeIf(one -> one.pull.isOver());
        RuntimeException failure = null;
        for (Held one : held.values()) {
            try {
                renew(one);
            } catch (RuntimeException e) {
                // The others must not lose their leases for it.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        int room = rules.mostCameras() - held.size();
        if (room > 0 && !stopped) {
            claim(room);
        }
    }

    /// Stops what may soon be another's, whatever else hangs. Asks nobody.
    void fence() {
        for (Held one : held.values()) {
            if (one.isOlder(rules.patience())) {
                one.pull.stop();
            }
        }
    }

    /// Gives what came a while to be stored, and lets others go on.
    void stop(Duration patience) throws InterruptedException {
        stopped = true;
        long deadline = System.nanoTime() + patience.toNanos();
        held.values().forEach(one -> one.pull.stopReading());
        for (Held one : held.values()) {
            while (!one.pull.isDone() && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(10));
            }
            one.pull.stop();
            release(one.pull.claim());
        }
    }

    /// How many cameras send just now.
    long online() {
        return held.values().stream()
                .filter(one -> one.pull.status().state() == CameraStatus.State.ONLINE)
                .count();
    }

    /// How often one of them failed and was tried again.
    long failures() {
        return failures.sum();
    }

    private void renew(Held one) {
        CameraStatus status = one.pull.status();
        if (one.pull.isStopped() || !one.isDue(status, rules.renewal())) {
            return;
        }
        CameraClaim claim = one.pull.claim();
        long before = System.nanoTime();
        if (leases.renew(claim.id(), claim.epoch(), status)) {
            one.renewedNanos = before;
            one.told = status;
        } else {
            one.pull.stop();
        }
    }

    private void release(CameraClaim claim) {
        try {
            leases.release(claim.id(), claim.epoch());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "left to lapse camera={0}: {1}", claim.id(), e);
        }
    }

    private void claim(int room) {
        long before = System.nanoTime();
        for (CameraClaim claim : leases.claim(room)) {
            if (held.containsKey(claim.id())) {
                // It was fenced and has not come to its end: not both at once.
                release(claim);
            } else {
                var pull =
                        new CameraPull(
                                claim,
                                feeds,
                                new CameraBuffer(memory),
                                new CameraWriter(claim, log, rules),
                                failures,
                                clock);
                held.put(claim.id(), new Held(pull, before));
                pull.start();
            }
        }
    }
}
