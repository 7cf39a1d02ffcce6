package io.tapedeck.ffmpeg.process;

import java.time.Duration;

/// How a run of ffmpeg ended.
public sealed interface FfmpegExit {

    /// One sentence for a log or a failed task.
    String sentence();

    /// Whether the same run may well succeed another time.
    boolean retryable();

    /// Whether it ended by itself and said why, so that another run on less may do better.
    default boolean gaveUp() {
        return this instanceof RefusedInput
                || this instanceof Crashed crashed && crashed.code < 128;
    }

    /// It did what it was asked to do.
    record Finished(Duration wall) implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg finished after %d ms".formatted(wall.toMillis());
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /// It ended by itself with an error, or something killed it.
    ///
    /// @param code exit status; 128 + n after signal n
    /// @param messages the end of what it said
    record Crashed(int code, String messages) implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg ended with status %d: %s".formatted(code, messages);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// It said that it cannot read what it was given; it would say so again.
    record RefusedInput(String messages) implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg cannot read this recording: " + messages;
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /// It was still busy when its time was up.
    record TimedOut(Duration limit, String messages) implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg was stopped because it took longer than %d s"
                    .formatted(limit.toSeconds());
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// It neither read, wrote nor reported anything for too long.
    record Stalled(Duration silence, String messages) implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg was stopped because it made no progress for %d s"
                    .formatted(silence.toSeconds());
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// It wrote more than it was allowed to.
    record OutputTooLarge(long limitBytes) implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg was stopped because it wrote more than %d bytes".formatted(limitBytes);
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }

    /// It finished, but what it wrote was not read to its end in time. Nobody can tell how much is
    /// missing.
    record OutputCutShort() implements FfmpegExit {
        @Override
        public String sentence() {
            return "ffmpeg finished, but its output was cut short";
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// Somebody threw the [Cancellation].
    record Cancelled() implements FfmpegExit {
        @Override
        public String sentence() {
            return "cancelled";
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }
}
