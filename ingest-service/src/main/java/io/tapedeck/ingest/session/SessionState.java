package io.tapedeck.ingest.session;

import java.time.Duration;
import java.time.Instant;

/// Where a session is in its life. Each state offers only what can happen to it.
public sealed interface SessionState {

    /// The word for clients: of a hidden session, the state it would be restored to.
    String word();

    /// Everybody with the link may see it.
    sealed interface Shown extends SessionState {

        default Hidden hide(Instant now) {
            return new Hidden(this, now);
        }
    }

    /// Takes chunks.
    sealed interface Open extends Shown {

        /// When it was opened, restored or last got a chunk.
        Instant activeAt();

        default Recording chunkCame(Instant now) {
            return new Recording(now);
        }

        default Completing complete(long chunkCount) {
            return new Completing(chunkCount);
        }
    }

    /// Chunks are coming.
    record Recording(Instant activeAt) implements Open {

        public Interrupted interrupt() {
            return new Interrupted(activeAt);
        }

        @Override
        public String word() {
            return "recording";
        }
    }

    /// No chunk has come for a while; the next one resumes it.
    record Interrupted(Instant activeAt) implements Open {
        @Override
        public String word() {
            return "interrupted";
        }
    }

    /// No chunk will come any more.
    ///
    /// @param chunkCount counting the missing ones
    record Completing(long chunkCount) implements Shown {
        @Override
        public String word() {
            return "completing";
        }
    }

    /// Deleted, and restorable for a while.
    record Hidden(Shown before, Instant since) implements SessionState {

        /// Silence counts anew: the client could not send in the meantime.
        public Shown restore(Instant now) {
            return switch (before) {
                case Recording _ -> new Recording(now);
                case Interrupted _ -> new Interrupted(now);
                case Completing completing -> completing;
            };
        }

        public Instant restorableUntil(Duration undo) {
            return since.plus(undo);
        }

        @Override
        public String word() {
            return before.word();
        }
    }
}
