package io.tapedeck.ingest.upload;

import java.util.Locale;

/// Where an upload is in its life.
enum UploadState {
    /// Takes bytes.
    OPEN,
    /// Has all of them.
    COMPLETE,
    /// Its client, or its owner, gave it up.
    TERMINATED,
    /// Its client stayed away.
    EXPIRED;

    /// As the database has it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UploadState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
