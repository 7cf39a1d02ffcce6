package io.tapedeck.standalone.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Asks a child once whether it does its work. Answers within about a second and throws nothing.
@FunctionalInterface
public interface Readiness {

    int TIMEOUT_MILLIS = 1_000;

    boolean ready();

    /// A server that gives this status to a GET.
    static Readiness http(URI uri, int expectedStatus) {
        return () -> {
            try {
                var connection = (HttpURLConnection) uri.toURL().openConnection();
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                return connection.getResponseCode() == expectedStatus;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /// A broker that answers ApiVersions (Kafka protocol guide, api key 18, version 0): its port is
    /// open long before it takes requests.
    static Readiness kafka(int port) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                var request = new DataOutputStream(socket.getOutputStream());
                request.writeInt(10); // size of what follows
                request.writeShort(18); // ApiVersions
                request.writeShort(0); // version
                request.writeInt(1); // correlation id
                request.writeShort(-1); // no client id
                request.flush();
                var response = new DataInputStream(socket.getInputStream());
                response.readInt(); // size
                return response.readInt() == 1 && response.readShort() == 0;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /// A PostgreSQL server whose `postmaster.pid` says "ready" in its eighth line, which is how
    /// `pg_ctl` asks. A killed one leaves that behind, with its number in the first.
    static Readiness postgres(Path dataDirectory) {
        return () -> {
            try {
                var lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
                return lines.size() >= 8
                        && lines.get(7).strip().equals("ready")
                        && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                                .filter(Leftovers::lives)
                                .isPresent();
            } catch (IOException | NumberFormatException e) {
                return false;
            }
        };
    }
}
