package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on the loopback interface that says what a test wants, proper or not.
final class TestServer implements AutoCloseable {

    private final ServerSocket server;
    private final Talk talk;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /// Answers one request.
    @FunctionalInterface
    interface Talk {

        /// @param request its line and headers
        /// @param out closed afterwards
        void answer(List<String> request, OutputStream out) throws Exception;
    }

    TestServer(Talk talk) {
        this.talk = talk;
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    List<List<String>> requests() {
        return requests;
    }

    /// How many came, whether they said something or not.
    int connections() {
        return connections.get();
    }

    /// Whether all who came have gone.
    boolean isLeft() {
        return clients.isEmpty();
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        clients.add(client);
        try (client) {
            var reader =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            var lines = new ArrayList<String>();
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                lines.add(line);
                line = reader.readLine();
            }
            requests.add(lines);
            talk.answer(lines, client.getOutputStream());
        } catch (Exception e) {
            // The client has gone, or the test is over.
        } finally {
            clients.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
