package io.tapedeck.ingest.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// The secret that writes one session: 256 random bits, of which only the SHA-256 is kept. Also
/// makes the ids of sessions, which are secrets too: they are the link.
public final class UploadToken {

    private static final int TOKEN_BYTES = 32;

    /// Crockford's base 32 without letters that look like digits; 26 of them are 130 bits.
    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int ID_LENGTH = 26;

    private UploadToken() {}

    public static String random(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String randomSessionId(SecureRandom random) {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    /// What is kept of a token.
    public static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether `token` is the one whose digest was kept, in the same time for every guess.
    public static boolean fits(String token, byte[] kept) {
        return MessageDigest.isEqual(sha256(token), kept);
    }
}
