package io.tapedeck.playback.playlist;

import java.util.LinkedHashMap;
import java.util.Optional;

/// Playlists that were written a moment ago, because all viewers of a session ask for the same one.
/// Forgets those that nobody asked for longest. Safe for many threads.
final class KeptTexts {

    private final long maxChars;
    private final LinkedHashMap<Key, String> texts = new LinkedHashMap<>(16, 0.75f, true);
    private long chars;

    /// Which playlist in which state.
    ///
    /// @param address identifies the playlist
    /// @param version identifies what it said
    record Key(String address, String version) {}

    /// @param maxChars kept together; a longer text is not kept at all
    KeptTexts(long maxChars) {
        this.maxChars = maxChars;
    }

    synchronized Optional<String> get(Key key) {
        return Optional.ofNullable(texts.get(key));
    }

    synchronized void keep(Key key, String text) {
        if (text.length() > maxChars) {
            return;
        }
        String before = texts.put(key, text);
        chars += text.length() - (before == null ? 0 : before.length());
        while (chars > maxChars) {
            var eldest = texts.pollFirstEntry();
            chars -= eldest.getValue().length();
        }
    }
}
