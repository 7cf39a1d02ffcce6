package io.tapedeck.ingest.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a camera does, as people see it.
///
/// @param since when the state began
/// @param problem why it is offline, or what else is wrong
/// @param retryAt when it is tried again; null while it is being tried, or online
/// @param lastBytesAt null before the first
record CameraStatus(
        State state,
        Instant since,
        @Nullable Problem problem,
        @Nullable Instant retryAt,
        @Nullable Instant lastBytesAt) {

    /// Whether bytes come.
    enum State {
        /// Nobody knows yet.
        CONNECTING("connecting"),
        ONLINE("online"),
        OFFLINE("offline");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static State of(String word) {
            for (State state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("camera state " + word);
        }
    }

    /// What is wrong.
    ///
    /// @param code stable
    /// @param detail for people, without passwords
    record Problem(String code, String detail) {

        private static final int LONGEST = 500;

        /// In one short line, whatever a camera has put into it.
        static Problem of(String code, String detail) {
            String line = detail.replaceAll("\\p{Cntrl}+", " ");
            return new Problem(code, line.substring(0, Math.min(line.length(), LONGEST)));
        }
    }

    static CameraStatus connecting(Instant now, @Nullable Instant lastBytesAt) {
        return new CameraStatus(State.CONNECTING, now, null, null, lastBytesAt);
    }

    /// Bytes came.
    CameraStatus bytesCame(Instant now) {
        return state == State.ONLINE
                ? new CameraStatus(state, since, problem, null, now)
                : new CameraStatus(State.ONLINE, now, null, null, now);
    }

    /// It failed.
    CameraStatus failed(Instant now, Problem why, Instant nextTry) {
        return new CameraStatus(
                State.OFFLINE, state == State.OFFLINE ? since : now, why, nextTry, lastBytesAt);
    }

    /// It is being tried again; until bytes come it stays what it was, with its reason.
    CameraStatus tried() {
        return new CameraStatus(state, since, problem, null, lastBytesAt);
    }

    /// Something else is wrong, or right again, while bytes come.
    CameraStatus beset(@Nullable Problem trouble) {
        return state == State.ONLINE
                ? new CameraStatus(state, since, trouble, retryAt, lastBytesAt)
                : this;
    }

    /// Whether the other one says the same, but for when bytes came.
    boolean tells(CameraStatus other) {
        return state == other.state
                && since.equals(other.since)
                && Objects.equals(problem, other.problem)
                && Objects.equals(retryAt, other.retryAt);
    }

    /// So long after a process has gone, another one pulls what it had, if there is one that may.
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(15);

    private static final Problem NOT_PULLED =
            new Problem(
                    "camera-not-pulled",
                    "No process pulls this camera: each that runs has all it may have, or none runs."
                            + " Start another ingest-service, or let each have more"
                            + " (TAPEDECK_INGEST_CAMERAS_PER_INSTANCE).");

    /// What its row says, seen while nobody pulls: what was online may not be any more.
    ///
    /// @param leaseUntil since then
    CameraStatus abandoned(Instant leaseUntil) {
        return state == State.ONLINE ? connecting(leaseUntil, lastBytesAt) : this;
    }

    /// The same, with a word when it has been so for longer than it should.
    CameraStatus abandoned(Instant leaseUntil, Instant now) {
        return now.isAfter(leaseUntil.plus(TAKEN_OVER_WITHIN))
                ? new CameraStatus(State.OFFLINE, leaseUntil, NOT_PULLED, null, lastBytesAt)
                : abandoned(leaseUntil);
    }
}
