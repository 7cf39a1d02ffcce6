package io.tapedeck.playback.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of a representation a request asks for (RFC 9110 §14).
sealed interface ByteSelection {

    /// All of it: no range asked for, one that we need not understand, or one of another version.
    record Whole() implements ByteSelection {}

    /// One range, answered with 206.
    ///
    /// @param first of the bytes wanted
    /// @param last inclusive, within the representation
    record Part(long first, long last) implements ByteSelection {
        long lengthBytes() {
            return last - first + 1;
        }
    }

    /// Nothing of the representation is in the range, answered with 416.
    record Unsatisfiable() implements ByteSelection {}

    /// Only single ranges are served in parts: a server may ignore any other (§14.2), and many
    /// small ones are a way to hurt it.
    Pattern SINGLE =
            Pattern.compile("bytes\\s*=\\s*(\\d{0,18})-(\\d{0,18})", Pattern.CASE_INSENSITIVE);

    /// @param range the `Range` header
    /// @param ifRange the `If-Range` header: a range of another version is no use (§13.1.5). A date
    ///   never matches, because no `Last-Modified` is sent
    /// @param entityTag current strong tag with its quotes
    static ByteSelection of(
            @Nullable String range, @Nullable String ifRange, String entityTag, long sizeBytes) {
        if (range == null || (ifRange != null && !ifRange.strip().equals(entityTag))) {
            return new Whole();
        }
        Matcher parts = SINGLE.matcher(range.strip());
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
            return new Whole();
        }
        return parts.group(1).isEmpty()
                ? suffix(Long.parseLong(parts.group(2)), sizeBytes)
                : interval(Long.parseLong(parts.group(1)), parts.group(2), sizeBytes);
    }

    private static ByteSelection suffix(long lengthBytes, long sizeBytes) {
        return lengthBytes == 0 || sizeBytes == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, sizeBytes - lengthBytes), sizeBytes - 1);
    }

    private static ByteSelection interval(long first, String end, long sizeBytes) {
        long last = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
        if (last < first) {
            return new Whole();
        }
        return first >= sizeBytes
                ? new Unsatisfiable()
                : new Part(first, Math.min(last, sizeBytes - 1));
    }
}
