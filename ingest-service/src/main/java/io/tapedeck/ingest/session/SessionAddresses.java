package io.tapedeck.ingest.session;

import java.net.URI;
import java.util.Optional;

/// Where the doors of one session are.
///
/// @param origin scheme and authority, without a slash behind it
public record SessionAddresses(String origin, String id) {

    /// @param publicUrl configured origin
    /// @param base what the request was sent to; its origin counts when none is configured
    public static SessionAddresses of(Optional<String> publicUrl, URI base, String id) {
        String origin =
                publicUrl
                        .map(url -> url.replaceAll("/+$", ""))
                        .orElseGet(() -> base.getScheme() + "://" + base.getAuthority());
        return new SessionAddresses(origin, id);
    }

    public String session() {
        return "%s/api/v1/sessions/%s".formatted(origin, id);
    }

    public String chunks() {
        return session() + "/chunks";
    }

    public String playlist() {
        return "%s/hls/%s/master.m3u8".formatted(origin, id);
    }

    public String watch() {
        return "%s/watch/%s".formatted(origin, id);
    }

    /// The bytes as they came.
    public String source() {
        return "%s/media/%s/source".formatted(origin, id);
    }

    /// Where the upload goes on (tus).
    public String file() {
        return "%s/api/v1/files/%s".formatted(origin, id);
    }
}
