package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

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
            // Names may be in any language (RFC 7616 §4); messages are read and written byte by
            // byte.
            String text = new String(challenge.getBytes(ISO_8859_1), UTF_8);
            Optional<DigestChallenge> asked = DigestChallenge.parse(text);
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
            String answer =
                    digest.answer(
                            address.user(), address.password(), request.method(), request.target());
            return request.with("Authorization", new String(answer.getBytes(UTF_8), ISO_8859_1));
        }
        return basic
                ? request.with(
                        "Authorization", Credentials.basic(address.user(), address.password()))
                : request;
    }
}
