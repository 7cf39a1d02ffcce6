package io.tapedeck.standalone.door;

import java.util.List;
import java.util.Set;

/// Which part of the system answers which address. The web server of the compose file has the same
/// table, and a test compares the two.
public final class RouteTable {

    private static final List<String> ANY_METHOD = List.of();

    private static final List<Route> ROUTES =
            List.of(
                    Route.of("open", List.of("POST"), "/api/v1/sessions", Target.INGEST),
                    Route.of("delete", List.of("DELETE"), "/api/v1/sessions/[^/]+", Target.INGEST),
                    Route.of(
                            "close",
                            List.of("POST"),
                            "/api/v1/sessions/[^/]+/(complete|restore)",
                            Target.INGEST),
                    Route.of(
                            "chunks",
                            ANY_METHOD,
                            "/api/v1/sessions/[^/]+/chunks(/.*)?",
                            Target.INGEST),
                    Route.of("files", ANY_METHOD, "/api/v1/(uploads|files(/.*)?)", Target.INGEST),
                    Route.of("upload", List.of("POST"), "/upload", Target.INGEST),
                    Route.of("frames", List.of("GET"), "/api/v1/frames", Target.INGEST),
                    Route.ofWebSocket("framesAtRoot", "/", Target.INGEST),
                    Route.of("cameras", ANY_METHOD, "/api/v1/cameras(/.*)?", Target.INGEST),
                    // Also what no service knows: playback says so in the API's own words.
                    Route.of("api", ANY_METHOD, "/api(/.*)?", Target.PLAYBACK),
                    Route.of(
                            "watch", ANY_METHOD, "/(hls|media|recordings)(/.*)?", Target.PLAYBACK));

    private static final Set<String> WEB_SOCKETS = Set.of("/", "/api/v1/frames");

    private RouteTable() {}

    /// Whether what is at a path speaks WebSocket.
    static boolean becomesWebSocket(String path) {
        return WEB_SOCKETS.contains(path);
    }

    /// In order; the first that matches counts. What matches none is for the pages.
    public static List<Route> routes() {
        return ROUTES;
    }

    /// @param method in capitals
    /// @param path as it came, without the query
    /// @param wantsUpgrade whether it wants to become a WebSocket
    static Target target(String method, String path, boolean wantsUpgrade) {
        return ROUTES.stream()
                .filter(route -> route.matches(method, path, wantsUpgrade))
                .map(Route::target)
                .findFirst()
                .orElse(Target.PAGES);
    }
}
