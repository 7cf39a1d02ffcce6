package io.tapedeck.standalone.door;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file of the built web-ui, with what a browser has to know about it.
///
/// @param file exists
/// @param contentType by its name
/// @param cacheControl names under `/assets/` carry a digest, all others may change with a build
record Page(Path file, String contentType, String cacheControl) {

    private static final Pattern APP_ADDRESS =
            Pattern.compile("^/(watch/[^/]+|cameras(/[^/]+)?)?$");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_FIRST = "no-cache";

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    /// @param directory of the build
    /// @param path as it came, starting with a slash
    /// @return null when there is no such page
    static @Nullable Page find(Path directory, String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        boolean isApp = APP_ADDRESS.matcher(path).matches();
        var file = directory.resolve(isApp ? "index.html" : path.substring(1)).normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
            return null;
        }
        return new Page(file, type(file), path.startsWith("/assets/") ? FOR_EVER : ASK_FIRST);
    }

    private static String type(Path file) {
        var name = file.getFileName().toString();
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
