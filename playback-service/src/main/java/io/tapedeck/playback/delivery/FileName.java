package io.tapedeck.playback.delivery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// Names of downloads, made of titles that anybody may have typed.
final class FileName {

    private static final int MAX_LENGTH = 80;
    private static final String NAMELESS = "recording";

    private FileName() {}

    /// `Content-Disposition: attachment` (RFC 6266 §4) with an ASCII name for old clients and the
    /// real one beside it.
    ///
    /// @param extension without a dot; not said twice when the title has it already
    static String attachment(String title, String extension) {
        String ending = "." + extension;
        int bare = title.length() - ending.length();
        boolean said = title.regionMatches(true, bare, ending, 0, ending.length());
        String name = clean(said ? title.substring(0, bare) : title) + ending;
        String ascii =
                Normalizer.normalize(name, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}", "")
                        .replaceAll("[^\\x20-\\x7e]", "_");
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(ascii, encoded(name));
    }

    /// Without what some file system or header takes amiss.
    private static String clean(String title) {
        String clean =
                Normalizer.normalize(title, Normalizer.Form.NFC)
                        .replaceAll("[\\p{C}\"\\\\/:*?<>|%]", " ")
                        .strip()
                        .replaceAll("\\s+", " ")
                        .replaceAll("^[. ]+|[. ]+$", "");
        int length = Math.min(MAX_LENGTH, clean.codePointCount(0, clean.length()));
        String cut = clean.substring(0, clean.offsetByCodePoints(0, length)).strip();
        return cut.isEmpty() ? NAMELESS : cut;
    }

    /// RFC 8187 §3.2.1. `URLEncoder` leaves `*`, which is not allowed there, and writes a space as
    /// `+`.
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
