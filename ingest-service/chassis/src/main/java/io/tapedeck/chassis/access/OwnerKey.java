package io.tapedeck.chassis.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The owner's secret. Keeps only its SHA-256, which also makes the comparison take the same time
/// for every guess, whatever its length.
public final class OwnerKey {

    /// Cookie that carries the key for pages.
    public static final String COOKIE = "tapedeck-owner";

    /// Shorter keys can be guessed.
    public static final int MIN_LENGTH = 16;

    private static final String BEARER = "bearer ";

    private final byte @Nullable [] digest;

    private OwnerKey(byte @Nullable [] digest) {
        this.digest = digest;
    }

    /// @param key empty where a service has no doors for the owner: then nothing opens
    /// @throws IllegalArgumentException the key is too short
    public static OwnerKey of(Optional<String> key) {
        key.filter(k -> k.length() < MIN_LENGTH)
                .ifPresent(k -> {
                    throw new IllegalArgumentException(
                            "tapedeck.owner.key (TAPEDECK_OWNER_KEY) needs at least "
                                    + MIN_LENGTH
                                    + " characters");
                });
        return new OwnerKey(key.map(OwnerKey::sha256).orElse(null));
    }

    /// Whether `presented` is the key.
    public boolean opens(@Nullable String presented) {
        return digest != null
                && presented != null
                && MessageDigest.isEqual(digest, sha256(presented));
    }

    /// Whether an `Authorization` header or the cookie's value shows the key.
    public boolean opens(@Nullable String authorization, @Nullable String cookie) {
        return opens(bearer(authorization)) || opens(cookie);
    }

    /// The token of an `Authorization: Bearer` header (RFC 6750 §2.1), null when there is none.
    public static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return authorization.substring(BEARER.length()).strip();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
