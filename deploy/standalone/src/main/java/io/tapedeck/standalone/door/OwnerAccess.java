package io.tapedeck.standalone.door;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether a request comes from the person at this machine, who needs no owner key.
///
/// Any web page can make the local browser send requests here, so the remote address alone proves
/// nothing. A page of another site shows itself by its `Origin` or by `Sec-Fetch-Site` (Fetch
/// Metadata); one that had its own name resolved to this machine shows itself by the `Host`; and a
/// proxy or tunnel on this machine, which brings strangers in from loopback, by its headers or by
/// HTTP/1.0, which no browser speaks and some proxies do unless told otherwise. A proxy that hides
/// better cannot be told from a person: for it there is `--require-key`.
final class OwnerAccess {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /// `none` is a person's own doing: an address typed in, a bookmark. `same-site` is not enough,
    /// since every port of localhost is one site.
    private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

    private OwnerAccess() {}

    /// What is known of a request; header values as they came, null where there was none.
    ///
    /// @param remoteAddress of the connection, numeric
    /// @param isHttp10 whether it speaks HTTP/1.0
    /// @param headerNames all of them
    record Caller(
            String remoteAddress,
            boolean isHttp10,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String secFetchSite,
            Iterable<String> headerNames) {}

    static boolean isLocalOwner(Caller caller) {
        return !caller.isHttp10()
                && isLoopback(caller.remoteAddress())
                && isLoopbackName(caller.host())
                && isOwnOrigin(caller.origin(), caller.host())
                && isOwnFetch(caller.secFetchSite())
                && bringsNeitherProxyNorKey(caller.headerNames());
    }

    /// A header that tells of an earlier hop, or claims to.
    static boolean isForwarding(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("x-forwarded-")
                || List.of("forwarded", "x-real-ip", "via").contains(name);
    }

    private static boolean bringsNeitherProxyNorKey(Iterable<String> headerNames) {
        for (var name : headerNames) {
            if (isForwarding(name) || name.equalsIgnoreCase("authorization")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLoopback(String numericAddress) {
        try {
            var withoutZone = numericAddress.replaceAll("%.*$", "");
            return InetAddress.ofLiteral(withoutZone).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopbackName(@Nullable String host) {
        return host != null
                && LOOPBACK_NAMES.contains(
                        host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", ""));
    }

    private static boolean isOwnOrigin(@Nullable String origin, @Nullable String host) {
        return origin == null || origin.equalsIgnoreCase("http://" + host);
    }

    private static boolean isOwnFetch(@Nullable String secFetchSite) {
        return secFetchSite == null || OWN_FETCHES.contains(secFetchSite);
    }
}
