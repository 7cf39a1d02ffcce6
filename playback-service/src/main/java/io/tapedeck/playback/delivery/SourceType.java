package io.tapedeck.playback.delivery;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a source is served as. The client named its type and may have lied: only sound and pictures
/// are passed on, so that nothing a browser would execute comes from our origin.
///
/// @param contentType without parameters
/// @param extension for a file name, without a dot
record SourceType(String contentType, String extension) {

    private static final Pattern MEDIA =
            Pattern.compile("(?:video|audio)/[a-z0-9][a-z0-9.+-]{0,60}");
    private static final SourceType UNKNOWN = new SourceType("application/octet-stream", "bin");

    /// @param mimeType as the client said it, parameters and all
    static SourceType of(String mimeType) {
        String type = mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA.matcher(type).matches()) {
            return UNKNOWN;
        }
        String subtype = type.substring(type.indexOf('/') + 1);
        String extension =
                switch (subtype) {
                    case "webm", "mp4", "ogg" -> subtype;
                    case "x-matroska", "matroska" -> "mkv";
                    case "quicktime" -> "mov";
                    case "mp2t" -> "ts";
                    case "mpeg" -> "mpg";
                    case "wav", "x-wav" -> "wav";
                    default -> "bin";
                };
        return new SourceType(type, extension);
    }
}
