package io.tapedeck.ingest.feed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/// Decides what may be connected to. Thread-safe.
final class SafeAddresses {

    private final AllowList allow;
    private final List<InetSocketAddress> own;

    /// @param own database, broker, store and our own doors, by name and port: never a camera,
    ///   whatever is allowed
    SafeAddresses(AllowList allow, List<InetSocketAddress> own) {
        this.allow = allow;
        this.own = List.copyOf(own);
    }

    /// To be asked right before connecting, with the very address.
    ///
    /// @param host as it was asked for
    /// @throws IOException a [FeedIoException] that says what an operator can do
    void check(String host, InetAddress address, int port) throws IOException {
        if (!allow.allows(host, address)) {
            throw FeedProblem.ADDRESS_REFUSED.whileReading(refusal(host, address));
        }
        if (isOwn(address, port)) {
            throw FeedProblem.ADDRESS_REFUSED.whileReading(
                    "Port %d of %s belongs to Tapedeck itself. Name the camera's own address."
                            .formatted(port, host));
        }
    }

    private static String refusal(String host, InetAddress address) {
        String numeric = address.getHostAddress();
        String named = host.equals(numeric) ? host : host + " (" + numeric + ")";
        String way =
                AddressKind.special(address).isEmpty()
                        ? "Whoever runs Tapedeck can add it to TAPEDECK_CAMERAS_ALLOW."
                        : "It is one that leads into machines or nowhere; only its exact range in"
                                + " TAPEDECK_CAMERAS_ALLOW would open it.";
        return "Cameras may not be at %s. %s".formatted(named, way);
    }

    private boolean isOwn(InetAddress address, int port) {
        return own.stream().anyMatch(door -> door.getPort() == port && leads(door, address));
    }

    private static boolean leads(InetSocketAddress door, InetAddress address) {
        try {
            for (var own : InetAddress.getAllByName(door.getHostString())) {
                if (own.equals(address) || isHere(own) && isHere(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            // Away, so nobody gets there.
            return false;
        }
    }

    /// Whether it is this machine, by whichever of its addresses.
    private static boolean isHere(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
