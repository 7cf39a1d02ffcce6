package io.tapedeck.standalone.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Free ports on 127.0.0.1. They stay below the range from which the kernel gives ports to outgoing
/// connections, so that a child which was killed finds its port free when it comes back.
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private final RandomGenerator random;
    private final Set<Integer> given = new LinkedHashSet<>();

    public Ports(RandomGenerator random) {
        this.random = random;
    }

    /// A port that is free now and was not given before.
    ///
    /// @throws CannotStart when a thousand tries found none
    public int next() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = random.nextInt(FIRST, LAST);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new CannotStart("found no free port between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
