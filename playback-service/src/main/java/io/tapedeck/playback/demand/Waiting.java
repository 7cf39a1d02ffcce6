package io.tapedeck.playback.demand;

import io.tapedeck.playback.catalog.SegmentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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
    /// @param wanted windows at one time
    /// @param wantedOfSession windows of one session at one time
    /// @param patience after which a window that was asked for does not count any more
    record Limits(int waiting, int wanted, int wantedOfSession, Duration patience) {}

    private final Limits limits;
    private final Map<SegmentKey, Place> places = new LinkedHashMap<>();
    private int waiting;

    /// @param settled opens when the window is decided
    private static final class Place {
        private final CountDownLatch settled = new CountDownLatch(1);
        private int waiting;
        private @Nullable Instant wantedAt;
    }

    Waiting(Limits limits) {
        this.limits = limits;
    }

    /// Somebody waits. Must be followed by [#leave].
    ///
    /// @return opens when the window is decided; empty when too many wait already
    synchronized Optional<CountDownLatch> join(SegmentKey key) {
        if (waiting >= limits.waiting()) {
            return Optional.empty();
        }
        waiting++;
        Place place = places.computeIfAbsent(key, _ -> new Place());
        place.waiting++;
        return Optional.of(place.settled);
    }

    /// Somebody waits no more.
    synchronized void leave(SegmentKey key) {
        waiting--;
        Place place = places.get(key);
        if (place != null) {
            place.waiting--;
            forgetIfNobody(key, place);
        }
    }

    /// Windows to be asked for now, which then count as asked for.
    synchronized List<SegmentKey> due(Instant now) {
        var wantedOf = new LinkedHashMap<String, Integer>();
        int wanted = 0;
        for (var entry : List.copyOf(places.entrySet())) {
            Place place = entry.getValue();
            if (place.wantedAt != null && !place.wantedAt.plus(limits.patience()).isAfter(now)) {
                place.wantedAt = null;
                forgetIfNobody(entry.getKey(), place);
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
                forgetIfNobody(key, place);
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

    private void forgetIfNobody(SegmentKey key, Place place) {
        if (place.waiting == 0 && place.wantedAt == null) {
            places.remove(key);
        }
    }
}
