package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `Upload-Metadata` header (tus 1.0.0, Creation).
///
/// @param header as it came; empty when none did
/// @param values decoded, as UTF-8
record UploadMetadata(String header, Map<String, String> values) {

    /// Far more than a name and a type need.
    static final int MAX_LENGTH = 4096;

    /// @throws ProblemException it is too long or cannot be read
    static UploadMetadata of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new UploadMetadata("", Map.of());
        }
        if (header.length() > MAX_LENGTH) {
            throw new ProblemException(
                    IngestProblem.UPLOAD_METADATA_TOO_LARGE,
                    "Send at most %d characters of Upload-Metadata.".formatted(MAX_LENGTH));
        }
        var values = new LinkedHashMap<String, String>();
        for (String pair : header.split(",", -1)) {
            String[] parts = pair.strip().split(" ", 2);
            if (!isKey(parts[0]) || values.containsKey(parts[0])) {
                throw malformed("'%s' is no key, or comes twice".formatted(parts[0]));
            }
            values.put(parts[0], parts.length < 2 ? "" : decode(parts[1]));
        }
        return new UploadMetadata(header, values);
    }

    /// The first of these that is there and not blank.
    Optional<String> first(String... keys) {
        for (String key : keys) {
            String value = values.get(key);
            if (value != null && !value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// The header is sent back as it came, so nothing may be in it that ends a header.
    private static boolean isKey(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ',');
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("a value is not Base64");
        }
    }

    private static ProblemException malformed(String why) {
        return new ProblemException(
                IngestProblem.UPLOAD_HEADER_INVALID,
                "Send Upload-Metadata as 'key base64,key base64' (%s).".formatted(why));
    }
}
