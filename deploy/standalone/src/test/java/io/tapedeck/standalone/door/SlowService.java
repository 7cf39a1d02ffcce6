package io.tapedeck.standalone.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A service that answers one request, and then reads nothing before it is told to.
final class SlowService implements AutoCloseable {

    /// Lets a WebSocket in.
    static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int RECEIVE_BYTES = 8 * 1024;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final String answer;
    private final CompletableFuture<Socket> connection = new CompletableFuture<>();

    SlowService() throws IOException {
        this(SWITCHING);
    }

    /// @param answer to the request; may be empty
    SlowService(String answer) throws IOException {
        this.answer = answer;
        // What it does not read must stay where it came from.
        server.setReceiveBufferSize(RECEIVE_BYTES);
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        connection.complete(accept());
                    } catch (IOException e) {
                        connection.completeExceptionally(e);
                    }
                });
    }

    int port() {
        return server.getLocalPort();
    }

    /// Waits for it.
    Socket connection() {
        return connection.join();
    }

    /// Reads to the end.
    ///
    /// @return how many bytes came behind the request
    long readRest() throws IOException {
        return connection.join().getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            connection.join().close();
        } catch (CompletionException e) {
            // Nobody came.
        }
    }

    private Socket accept() throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("only this came: " + head);
            }
            head.append((char) next);
        }
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        return socket;
    }
}
