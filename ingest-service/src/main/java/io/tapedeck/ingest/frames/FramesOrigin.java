package io.tapedeck.ingest.frames;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether a WebSocket may be opened by the page that opens it (RFC 6455 §10.2). Programs
/// that are no browsers say no origin, or the one they connect to.
final class FramesOrigin {

    private FramesOrigin() {}

    /// @param origin the header; null when there is none
    /// @param host what the request was sent to
    /// @param publicUrl configured origin
    static boolean isOwn(
            @Nullable String origin, @Nullable String host, Optional<String> publicUrl) {
        if (origin == null) {
            return true;
        }
        String said = authority(origin);
        return !said.isEmpty()
                && (said.equals(authority("http://" + host))
                        || publicUrl.filter(url -> said.equals(authority(url))).isPresent());
    }

    /// Without the port where it is the usual one, for TLS may end in front of this.
    private static String authority(String url) {
        try {
            String authority = URI.create(url).getRawAuthority();
            return authority == null
                    ? ""
                    : authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
