package io.tapedeck.ingest.feed;

import java.io.IOException;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/// Shows the user and the password of a camera's address to that host, and to no other, when it
/// asks for them: by Digest (RFC 7616) where it can, else by Basic (RFC 7617). Thread-safe.
final class CameraPassword implements Authenticator {

    private final String place;
    private final String user;
    private final String password;

    private CameraPassword(HttpUrl url) {
        place = CameraHttp.place(url);
        user = url.username();
        password = url.password();
    }

    static CameraPassword of(HttpUrl url) {
        return new CameraPassword(url);
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response)
            throws IOException {
        Request asked = response.request();
        boolean stranger = user.isEmpty() || !CameraHttp.place(asked.url()).equals(place);
        if (stranger || asked.header("Authorization") != null) {
            return null;
        }
        Optional<String> shown = answer(response);
        return shown.isPresent() ? with(asked, shown.get()) : null;
    }

    /// Names may be in any language (RFC 7616 §4), and go out in UTF-8.
    private static Request with(Request asked, String shown) throws IOException {
        if (shown.chars().anyMatch(Character::isISOControl)) {
            throw FeedProblem.REFUSED_US.whileReading(
                    "The user in the address, or what the camera calls its realm, has control"
                            + " characters, which cannot be sent.");
        }
        var headers = asked.headers().newBuilder().addUnsafeNonAscii("Authorization", shown);
        return asked.newBuilder().headers(headers.build()).build();
    }

    private Optional<String> answer(Response response) {
        for (String challenge : response.headers("WWW-Authenticate")) {
            Optional<DigestChallenge> digest = DigestChallenge.parse(challenge);
            if (digest.isPresent()) {
                HttpUrl url = response.request().url();
                String query = url.encodedQuery();
                String target = url.encodedPath() + (query == null ? "" : "?" + query);
                return Optional.of(digest.get().answer(user, password, "GET", target));
            }
        }
        return response.headers("WWW-Authenticate").stream()
                        .anyMatch(c -> c.regionMatches(true, 0, "Basic", 0, 5))
                ? Optional.of(Credentials.basic(user, password))
                : Optional.empty();
    }
}
