package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a camera that speaks RTSP is.
///
/// @param authority host and port as they were written
/// @param target path and query as they were written, maybe empty
/// @param user empty if there is none
record RtspAddress(
        String host, int port, String authority, String target, String user, String password) {

    private static final int DEFAULT_PORT = 554;

    /// @throws FeedException it names no host, or a user that cannot be sent
    static RtspAddress of(URI url) throws FeedException {
        String host = url.getHost();
        if (host == null || host.isEmpty()) {
            throw FeedProblem.ADDRESS_REFUSED.because("The address names no host.");
        }
        boolean plain = url.getPort() <= 0;
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String who = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
        if (decoded(who).chars().anyMatch(Character::isISOControl)) {
            // Else the lines of a request would be whatever the address says.
            throw FeedProblem.ADDRESS_REFUSED.because(
                    "The user or the password in the address has control characters, which cannot"
                            + " be sent.");
        }
        int colon = who.indexOf(':');
        return new RtspAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                plain ? DEFAULT_PORT : url.getPort(),
                plain ? host : host + ":" + url.getPort(),
                url.getRawQuery() == null ? path : path + "?" + url.getRawQuery(),
                decoded(colon < 0 ? who : who.substring(0, colon)),
                decoded(colon < 0 ? "" : who.substring(colon + 1)));
    }

    /// Without user and password.
    String base() {
        return "rtsp://" + authority;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
