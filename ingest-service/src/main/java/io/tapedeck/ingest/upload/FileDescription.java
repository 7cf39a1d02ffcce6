package io.tapedeck.ingest.upload;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a client says of its file, made safe to show and to give back.
///
/// @param title at most 200 characters, possibly empty
/// @param mimeType none that a browser would run
record FileDescription(String title, String mimeType) {

    private static final int MAX_TITLE = 200;
    private static final int MAX_TYPE = 200;
    private static final Pattern MEDIA = Pattern.compile("(?i)(video|audio)/[!-~][ -~]*");
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

    /// Controls, and what makes text run in another direction than it is read; but not what joins
    /// letters and emoji.
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}&&[^\\u200c\\u200d]]+");

    /// By the names that tus clients use.
    static FileDescription of(UploadMetadata metadata) {
        return of(
                metadata.first("title"),
                metadata.first("filename", "name"),
                metadata.first("filetype", "type"));
    }

    static FileDescription of(
            Optional<String> title, Optional<String> fileName, Optional<String> mimeType) {
        String shown =
                title.or(() -> fileName.map(name -> FOLDERS.matcher(name).replaceFirst("")))
                        .orElse("");
        return new FileDescription(safe(shown), type(mimeType.orElse("").strip()));
    }

    private static String safe(String text) {
        String line = INVISIBLE.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
        int end = Math.min(line.length(), MAX_TITLE);
        boolean splits = end < line.length() && Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, splits ? end - 1 : end);
    }

    private static String type(String said) {
        return said.length() <= MAX_TYPE && MEDIA.matcher(said).matches()
                ? said
                : "application/octet-stream";
    }
}
