package io.tapedeck.ingest.contract;

import java.util.Locale;

/// Object keys of the chunk log. No key is a prefix of another one plus `/`, because some stores
/// keep keys as paths.
public final class ChunkKeys {

    /// What all chunk objects of all sessions start with.
    public static final String ROOT = "chunks/";

    private ChunkKeys() {}

    /// Where one attempt at storing a chunk puts its bytes. The committed row selects the attempt.
    ///
    /// @param attempt unique per attempt
    public static String attempt(String sessionId, long index, String attempt) {
        return String.format(Locale.ROOT, "%s%s/%08d-%s", ROOT, sessionId, index, attempt);
    }

    /// Whose chunk object that is.
    ///
    /// @param key starts with [#ROOT]
    public static String sessionOf(String key) {
        int end = key.indexOf('/', ROOT.length());
        return key.substring(ROOT.length(), end < 0 ? key.length() : end);
    }

    /// What all chunk objects of one session start with.
    public static String session(String sessionId) {
        return ROOT + sessionId + "/";
    }
}
