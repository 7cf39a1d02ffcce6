package io.tapedeck.standalone.door;

import java.util.List;
import java.util.regex.Pattern;

/// One line of the route table.
///
/// @param name a word for it, unique
/// @param methods none means all of them
/// @param path matched against the whole path as it came, escapes and all
/// @param isUpgrade whether only for requests that want to become a WebSocket
/// @param target who gets it
public record Route(
        String name, List<String> methods, Pattern path, boolean isUpgrade, Target target) {

    static Route of(String name, List<String> methods, String path, Target target) {
        return new Route(name, methods, Pattern.compile("^" + path + "$"), false, target);
    }

    /// For requests that want to become a WebSocket only.
    static Route ofWebSocket(String name, String path, Target target) {
        return new Route(name, List.of("GET"), Pattern.compile("^" + path + "$"), true, target);
    }

    boolean matches(String method, String requestPath, boolean wantsUpgrade) {
        return (wantsUpgrade || !isUpgrade)
                && (methods.isEmpty() || methods.contains(method))
                && path.matcher(requestPath).find();
    }
}
