package io.tapedeck.ingest.feed;

import java.util.Optional;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/// Shows a camera's user and password when it has asked for them, by Digest where it can. For one
/// connection; thread-safe.
final class RtspPassword {

    private final RtspAddress address;
    private @Nullable DigestChallenge digest;
    private boolean basic;

    RtspPassword(RtspAddress address) {
        this.address = address;
    }

    /// @param refusal an answer with status 401
    /// @return whether there is something to show
    synchronized boolean learn(RtspMessage refusal) {
        if (address.user().isEmpty()) {
            return false;
        }
        for (String challenge : refusal.headers("WWW-Authenticate")) {
            Optional<DigestChallenge> asked = DigestChallenge.parse(challenge);
            if (asked.isPresent()) {
                digest = asked.get();
                return true;
            }
            basic |= challenge.regionMatches(true, 0, "Basic", 0, 5);
        }
        return basic;
    }

    /// A request with what the camera wants to see.
    synchronized RtspMessage show(RtspMessage request) {
        if (digest != null) {
            return request.with(
                    "Authorization",
                    digest.answer(
                            address.user(),
                            address.password(),
                            request.method(),
                            request.target()));
        }
        return basic
                ? request.with(
                        "Authorization", Credentials.basic(address.user(), address.password()))
                : request;
    }
}
