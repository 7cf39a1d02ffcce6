package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the headers of a request ask to create (tus 1.0.0, Creation and Concatenation).
///
/// @param lengthBytes null when it will be said later, and for a final upload
/// @param concat as it came; empty when none did
/// @param parts ids of the partial uploads that a final one joins, in order
record TusCreation(
        UploadKind kind,
        @Nullable Long lengthBytes,
        UploadMetadata metadata,
        String concat,
        List<String> parts) {

    private static final String FINAL = "final;";

    /// An address of an upload, with or without an origin.
    private static final Pattern ADDRESS =
            Pattern.compile("(https?://[^/]+)?/api/v1/files/([0-9a-z]{1,64})");

    /// The headers as they came.
    record Headers(
            @Nullable String uploadLength,
            @Nullable String uploadDeferLength,
            @Nullable String uploadMetadata,
            @Nullable String uploadConcat) {}

    /// @throws ProblemException they make no sense, or the file would be too large
    static TusCreation of(Headers headers, long maxBytes) {
        var metadata = UploadMetadata.of(headers.uploadMetadata());
        String concat = headers.uploadConcat() == null ? "" : headers.uploadConcat().strip();
        if (concat.startsWith(FINAL)) {
            if (headers.uploadLength() != null) {
                throw invalid("Leave Upload-Length out: a final upload has that of its parts.");
            }
            return new TusCreation(UploadKind.FINAL, null, metadata, concat, parts(concat));
        }
        if (!concat.isEmpty() && !concat.equals("partial")) {
            throw invalid("Send Upload-Concat as 'partial' or 'final;<address> <address>'.");
        }
        var kind = concat.isEmpty() ? UploadKind.WHOLE : UploadKind.PARTIAL;
        return new TusCreation(kind, length(headers, maxBytes), metadata, concat, List.of());
    }

    private static @Nullable Long length(Headers headers, long maxBytes) {
        String deferred = headers.uploadDeferLength();
        if (deferred != null && !deferred.strip().equals("1")) {
            throw invalid("Upload-Defer-Length is 1 or absent.");
        }
        if ((deferred == null) == (headers.uploadLength() == null)) {
            throw invalid("Send either Upload-Length or Upload-Defer-Length: 1.");
        }
        Long length = number("Upload-Length", headers.uploadLength());
        if (length != null && length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return length;
    }

    /// @param value null stays null
    /// @throws ProblemException it is no number from 0
    static @Nullable Long number(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        String digits = value.strip();
        if (!digits.matches("[0-9]{1,18}")) {
            throw invalid("%s must be a whole number from 0.".formatted(name));
        }
        return Long.valueOf(digits);
    }

    private static List<String> parts(String concat) {
        return Arrays.stream(concat.substring(FINAL.length()).strip().split("\\s+"))
                .map(TusCreation::id)
                .toList();
    }

    private static String id(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw invalid("'%s' is no address of an upload here.".formatted(address));
        }
        return matcher.group(2);
    }

    static ProblemException tooLarge(long maxBytes) {
        return new ProblemException(
                        IngestProblem.UPLOAD_TOO_LARGE,
                        "A file may have at most %d bytes.".formatted(maxBytes))
                .with("maxBytes", maxBytes);
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(IngestProblem.UPLOAD_HEADER_INVALID, detail);
    }
}
