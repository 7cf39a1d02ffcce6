package io.tapedeck.playback.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of one window of a rendition. The first outcome that is told stays for ever, because
/// a playlist may have shown it.
public sealed interface WindowOutcome {

    /// Number of the window in the session, from 0.
    long window();

    /// The run its bytes came from.
    int run();

    /// Start on the session's timeline, ticks of 1/90000 s.
    long startTicks();

    long durationTicks();

    /// When its first moment was recorded, null where nobody knows.
    @Nullable Instant recordedAt();

    default long endTicks() {
        return startTicks() + durationTicks();
    }

    /// It is rendered.
    ///
    /// @param digest lower-case hex, part of the public address
    /// @param codecs RFC 6381, e.g. `avc1.64001f,mp4a.40.2`
    /// @param frames pictures in it
    record Segment(
            long window,
            int run,
            long startTicks,
            long durationTicks,
            String objectKey,
            String digest,
            long sizeBytes,
            String codecs,
            int frames,
            @Nullable Instant recordedAt)
            implements WindowOutcome {}

    /// It could not be rendered and will not be tried again.
    ///
    /// @param reason for people
    record Missing(
            long window,
            int run,
            long startTicks,
            long durationTicks,
            String reason,
            @Nullable Instant recordedAt)
            implements WindowOutcome {}
}
