package io.tapedeck.ingest.chunk;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `Content-Digest` field (RFC 9530 §2): a dictionary of algorithms and byte sequences (RFC
/// 8941 §3.2, §3.3.5), of which `sha-256` is read and others are passed over.
final class ContentDigest {

    private static final String ALGORITHM = "sha-256";
    private static final int DIGEST_BYTES = 32;

    private ContentDigest() {}

    /// The announced SHA-256 as lower-case hex; empty when none is announced.
    ///
    /// @throws IllegalArgumentException it cannot be read; the message says why
    static Optional<String> sha256(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String found = null;
        for (String member : header.split(",")) {
            String[] parts = member.strip().split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("'%s' is not key=value".formatted(member));
            }
            if (parts[0].equals(ALGORITHM)) {
                // Of members with the same key the last one counts (RFC 8941 §4.2.2).
                found = hex(parts[1]);
            }
        }
        return Optional.ofNullable(found);
    }

    private static String hex(String value) {
        // Parameters may follow a member; none are defined.
        String item = value.split(";", 2)[0].strip();
        if (item.length() < 2 || !item.startsWith(":") || !item.endsWith(":")) {
            throw new IllegalArgumentException("the digest must stand between colons");
        }
        byte[] digest = Base64.getDecoder().decode(item.substring(1, item.length() - 1));
        if (digest.length != DIGEST_BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes");
        }
        return HexFormat.of().formatHex(digest);
    }
}
