package io.tapedeck.ingest.upload;

import java.time.Duration;
import java.util.Locale;

/// What an upload is.
enum UploadKind {
    /// A file, resumable.
    WHOLE,
    /// A part of a file, which becomes a session only when it is joined with others.
    PARTIAL,
    /// Joined parts. Takes no bytes.
    FINAL,
    /// A file in a form, which has one try.
    FORM;

    /// A form has one try: when nothing came of it for so long, its request is dead.
    private static final Duration FORM_EXPIRY = Duration.ofHours(1);

    /// How long it is kept without another byte.
    ///
    /// @param resumable for those that may go on
    Duration expiry(Duration resumable) {
        return this == FORM ? FORM_EXPIRY : resumable;
    }

    /// As the database has it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UploadKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
