package io.tapedeck.playback.demand;

import io.tapedeck.playback.catalog.SegmentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who waits for which windows, and which of these the workers may be asked for. However many wait
/// for a window, it is looked for and asked for once. Safe for many threads.
///
/// Windows are asked for in the order in which somebody first waited for them. What was asked for
/// counts until it is there, or until it is given up, even when nobody waits for it any more: so
/// whoever asks for all windows of all sessions has the workers do no more than a viewer would.
final class Waiting {

    /// How much may be asked for.
    ///
    /// @param waiting requests that are held at one time
    /// @param waitingOfSession of them for one session
    /// @param wanted windows at one time
    /// @param wantedOfSession windows of one session at one time
    /// @param patience after which a window that was asked for does not count any more
    record Limits(
            int waiting,
            int waitingOfSession,
            int wanted,
            int wantedOfSession,
            Duration patience) {}

    /// A window that somebody waits for, or that was asked for.
    static final class Place {
        private final SegmentKey key;
        private final CountDownLatch settled = new CountDownLatch(1);
        private int waiting;
        private @Nullable Instant wantedAt;

        private Place(SegmentKey key) {
            this.key = key;
        }

        /// Opens when the window is decided.
        CountDownLatch settled() {
            return settled;
        }
    }

    private final Limits limits;
    private final Map<SegmentKey, Place> places = new LinkedHashMap<>();
    private final Map<String, Integer> waitingOf = new HashMap<>();
    private int waiting;

    Waiting(Limits limits) {
        this.limits = limits;
    }

    /// Somebody waits. Must be followed by [#leave].
    ///
    /// @return empty when too many wait already; the window is asked for all the same, if not too
    ///   many of its session are
    synchronized Optional<Place> join(SegmentKey key) {
        int ofSession = waitingOf.getOrDefault(key.sessionId(), 0);
        if (waiting >= limits.waiting() || ofSession >= limits.waitingOfSession()) {
            wish(key);
            return Optional.empty();
        }
        waiting++;
        waitingOf.put(key.sessionId(), ofSession + 1);
        Place place = places.computeIfAbsent(key, Place::new);
        place.waiting++;
        return Optional.of(place);
    }

    private void wish(SegmentKey key) {
        long places = this.places.keySet().stream().filter(ofSession(key)).count();
        if (places < limits.wantedOfSession()) {
            this.places.computeIfAbsent(key, Place::new);
        }
    }

    private static Predicate<SegmentKey> ofSession(SegmentKey key) {
        return other -> other.sessionId().equals(key.sessionId());
    }

    /// Somebody waits no more.
    synchronized void leave(Place place) {
        waiting--;
        waitingOf.computeIfPresent(
                place.key.sessionId(), (_, count) -> count == 1 ? null : count - 1);
        place.waiting--;
        forgetIfNobody(place);
    }

    /// Windows to be asked for now, which then count as asked for.
    synchronized List<SegmentKey> due(Instant now) {
        var wantedOf = new LinkedHashMap<String, Integer>();
        int wanted = 0;
        for (var entry : List.copyOf(places.entrySet())) {
            Place place = entry.getValue();
            if (place.wantedAt != null && !place.wantedAt.plus(limits.patience()).isAfter(now)) {
                place.wantedAt = null;
                forgetIfNobody(place);
            } else if (place.wantedAt != null) {
                wanted++;
                wantedOf.merge(entry.getKey().sessionId(), 1, Integer::sum);
            }
        }
        var due = new ArrayList<SegmentKey>();
        for (var entry : places.entrySet()) {
            Place place = entry.getValue();
            String session = entry.getKey().sessionId();
            if (place.wantedAt == null
                    && wanted < limits.wanted()
                    && wantedOf.getOrDefault(session, 0) < limits.wantedOfSession()) {
                place.wantedAt = now;
                wanted++;
                wantedOf.merge(session, 1, Integer::sum);
                due.add(entry.getKey());
            }
        }
        return due;
    }

    /// They could not be asked for after all.
    synchronized void unwanted(Collection<SegmentKey> keys) {
        for (SegmentKey key : keys) {
            Place place = places.get(key);
            if (place != null) {
                place.wantedAt = null;
                forgetIfNobody(place);
            }
        }
    }

    /// Windows to look for.
    synchronized Set<SegmentKey> keys() {
        return new HashSet<>(places.keySet());
    }

    /// They are decided.
    synchronized void settled(Collection<SegmentKey> keys) {
        for (SegmentKey key : keys) {
            Place place = places.remove(key);
            if (place != null) {
                place.settled.countDown();
            }
        }
    }

    /// Requests that are held.
    synchronized int size() {
        return waiting;
    }

    /// A place that is settled is not here any more, but perhaps another one of its window.
    private void forgetIfNobody(Place place) {
        if (place.waiting == 0 && place.wantedAt == null) {
            places.remove(place.key, place);
        }
    }
}
