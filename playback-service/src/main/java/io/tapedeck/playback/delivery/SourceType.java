package io.tapedeck.playback.delivery;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a source is served as. The client named its type and may have lied: only sound and pictures
/// are passed on, so that nothing a browser would execute comes from our origin.
///
/// @param contentType without parameters
/// @param extension for a file name, without a dot
record SourceType(String contentType, String extension) {

    private static final Pattern MEDIA =
            Pattern.compile("(?:video|audio)/[a-z0-9][a-z0-9.+-]{0,60}");
    private static final Set<String> OF_FILES =
            Set.of(
                    "3gp", "aac", "aif", "aiff", "amr", "asf", "au", "avi", "caf", "flac", "flv",
                    "m2ts", "m4a", "m4v", "mka", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "mts",
                    "oga", "ogg", "ogv", "opus", "ts", "vob", "w64", "wav", "webm", "wma", "wmv");
    private static final SourceType UNKNOWN = new SourceType("application/octet-stream", "bin");

    /// @param mimeType as the client said it, parameters and all
    static SourceType of(String mimeType) {
        String type = mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA.matcher(type).matches()) {
            return UNKNOWN;
        }
        return new SourceType(type, extension(type.substring(0, 5), type.substring(6)));
    }

    /// The extension for a file of that title: its own, when it is the name of such a file.
    String extension(String title) {
        String own = title.substring(title.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return OF_FILES.contains(own) ? own : extension;
    }

    private static String extension(String kind, String subtype) {
        return switch (subtype) {
            case "mp4", "x-m4a" -> kind.equals("audio") ? "m4a" : "mp4";
            case "mpeg" -> kind.equals("audio") ? "mp3" : "mpg";
            case "x-matroska", "matroska" -> kind.equals("audio") ? "mka" : "mkv";
            case "quicktime" -> "mov";
            case "mp2t" -> "ts";
            case "x-msvideo", "vnd.avi" -> "avi";
            case "3gpp" -> "3gp";
            case "x-wav", "wave", "vnd.wave" -> "wav";
            default -> {
                String plain = subtype.replaceFirst("^x-(?:ms-)?", "");
                yield OF_FILES.contains(plain) ? plain : "bin";
            }
        };
    }
}
