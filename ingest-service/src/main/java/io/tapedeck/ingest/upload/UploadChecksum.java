package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `Upload-Checksum` header (tus 1.0.0, Checksum): what the bytes of one request should digest
/// to.
final class UploadChecksum {

    /// What `Tus-Checksum-Algorithm` lists.
    static final String ALGORITHMS = "sha1,sha256";

    private static final Map<String, String> JAVA_NAMES =
            Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    private final MessageDigest digest;
    private final byte[] expected;

    private UploadChecksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /// @throws ProblemException it cannot be read, or names another algorithm
    static Optional<UploadChecksum> of(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        String[] parts = header.strip().split(" ", 2);
        String name = JAVA_NAMES.get(parts[0]);
        if (name == null) {
            throw new ProblemException(
                    IngestProblem.CHECKSUM_UNSUPPORTED, "Use one of " + ALGORITHMS + ".");
        }
        MessageDigest digest = digest(name);
        byte[] expected = decode(parts.length < 2 ? "" : parts[1]);
        if (expected.length != digest.getDigestLength()) {
            throw malformed();
        }
        return Optional.of(new UploadChecksum(digest, expected));
    }

    /// Gets every byte of the request.
    MessageDigest digest() {
        return digest;
    }

    /// Only once, at the end.
    boolean fits() {
        return Arrays.equals(digest.digest(), expected);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(
                IngestProblem.UPLOAD_HEADER_INVALID,
                "Send Upload-Checksum as '<algorithm> <base64 of the digest>'.");
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
