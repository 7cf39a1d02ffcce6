package io.tapedeck.ingest.camera;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a camera is. Whatever prints it shows scheme, host, port and path, and nothing that could
/// be a password: cameras take those as users, as parameters under any name, and in their paths
/// (`/user=admin_password=x_channel=1`).
///
/// @param secret with its user and password, for whoever connects
record CameraUrl(URI secret) {

    private static final String MASK = "***";
    private static final Set<String> SCHEMES = Set.of("http", "https", "rtsp");

    private static final Pattern PARAMETER_VALUE = Pattern.compile("(^|&)([^=&]*=)?[^&]*");

    /// Of `user=admin_password=x&channel=1` its names and values.
    private static final Pattern NAMED_VALUE = Pattern.compile("([^=&_;/?]*)=([^=&_;/?]*)");

    /// Names of what nobody may see, however short it is.
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(?:pas|pwd|psw|pw|token|key|secret|auth|sig|cred|code|sess|login).*");

    /// Shorter words would be found everywhere, and hide what is wrong.
    private static final int SHORTEST_SECRET = 4;

    /// Of a value whose name tells nothing: `stream` or `main` are words that people need.
    private static final int SHORTEST_VALUE = 8;

    /// As a person wrote it.
    ///
    /// @throws URISyntaxException it is no address; the message shows no part of it
    static CameraUrl parse(String text) throws URISyntaxException {
        try {
            return new CameraUrl(new URI(text));
        } catch (URISyntaxException e) {
            throw new URISyntaxException("", e.getReason());
        }
    }

    boolean hasHost() {
        return secret.getHost() != null && !secret.getHost().isEmpty();
    }

    /// Whether its scheme is one that cameras are pulled by.
    boolean isPulled() {
        return secret.getScheme() != null
                && SCHEMES.contains(secret.getScheme().toLowerCase(Locale.ROOT));
    }

    /// For people.
    String shown() {
        if (!hasHost()) {
            return MASK;
        }
        String who = secret.getRawUserInfo() == null ? "" : MASK + "@";
        String port = secret.getPort() < 0 ? "" : ":" + secret.getPort();
        return secret.getScheme() + "://" + who + secret.getHost() + port + shownTarget();
    }

    private String shownTarget() {
        String path = text(secret.getRawPath());
        int equals = path.indexOf('=');
        String shown = equals < 0 ? path : path.substring(0, equals + 1) + MASK;
        String query = secret.getRawQuery();
        return query == null || query.isEmpty()
                ? shown
                : shown + "?" + PARAMETER_VALUE.matcher(query).replaceAll("$1$2" + MASK);
    }

    /// What somebody says about it, without what nobody may see.
    String mask(String words) {
        String query = secret.getRawQuery();
        String target = text(secret.getRawPath()) + (query == null ? "" : "?" + query);
        String masked = words.replace(secret.toString(), shown());
        if (!target.equals(shownTarget())) {
            masked = masked.replace(target, shownTarget());
        }
        for (String hidden : secrets()) {
            masked = hide(masked, hidden);
            masked = hide(masked, decoded(hidden));
        }
        return masked;
    }

    /// What may be quoted alone, as it is written.
    private List<String> secrets() {
        var found = new ArrayList<String>();
        String who = text(secret.getRawUserInfo());
        found.add(who);
        found.add(who.substring(who.indexOf(':') + 1));
        String path = text(secret.getRawPath());
        String query = text(secret.getRawQuery());
        for (String parameter : query.split("&")) {
            named(parameter, parameter.indexOf('='), found);
        }
        if (path.indexOf('=') >= 0) {
            found.add(path.substring(path.indexOf('=') + 1));
            var matcher = NAMED_VALUE.matcher(path);
            while (matcher.find()) {
                named(matcher.group(), matcher.group().indexOf('='), found);
            }
        }
        return found;
    }

    private static void named(String parameter, int equals, List<String> found) {
        String name = parameter.substring(0, Math.max(equals, 0));
        String value = parameter.substring(equals + 1);
        if (value.length() >= SHORTEST_VALUE || SECRET_NAME.matcher(name).matches()) {
            found.add(value);
        }
    }

    private static String hide(String words, String hidden) {
        return hidden.length() < SHORTEST_SECRET ? words : words.replace(hidden, MASK);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    @Override
    public String toString() {
        return shown();
    }
}
