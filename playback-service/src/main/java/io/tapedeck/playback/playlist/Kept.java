package io.tapedeck.playback.playlist;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Values that were asked for a moment ago, as many as their sizes together allow. Forgets those
/// that nobody asked for longest. Safe for many threads.
///
/// @param <K> which value
/// @param <V> never changed
final class Kept<K, V> {

    private final long most;
    private final ToLongFunction<V> size;
    private final LinkedHashMap<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private long kept;

    /// @param most sizes together; a larger value is not kept at all
    Kept(long most, ToLongFunction<V> size) {
        this.most = most;
        this.size = size;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void keep(K key, V value) {
        if (size.applyAsLong(value) > most) {
            return;
        }
        V before = values.put(key, value);
        kept += size.applyAsLong(value) - (before == null ? 0 : size.applyAsLong(before));
        while (kept > most) {
            kept -= size.applyAsLong(values.pollFirstEntry().getValue());
        }
    }
}
