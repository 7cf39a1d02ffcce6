package io.tapedeck.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An upload byte by byte, for clients that behave as no library would.
public final class RawUpload implements AutoCloseable {

    private final Socket socket;

    /// Sends the head of a PUT.
    ///
    /// @param framing for example `Content-Length: 5` or `Transfer-Encoding: chunked`
    public RawUpload(int port, Api.Session session, long index, String framing) throws IOException {
        this(
                port,
                "PUT %s HTTP/1.1\r\nAuthorization: Bearer %s\r\n%s\r\n"
                        .formatted(session.chunk(index), session.token(), framing));
    }

    /// Sends the head of any request.
    ///
    /// @param head lines with their ends, without `Host`
    public RawUpload(int port, String head) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(20_000);
        send((head + "Host: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Sends one piece of a body with chunked encoding.
    public void sendPiece(byte[] bytes) throws IOException {
        send((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        send(bytes);
        send(new byte[] {'\r', '\n'});
    }

    /// Sends zeros until the server does not take more, at most `maxBytes`.
    ///
    /// @return how many it took
    public long flood(long maxBytes, boolean pieces) {
        byte[] zeros = new byte[64 << 10];
        long sent = 0;
        try {
            while (sent < maxBytes) {
                if (pieces) {
                    sendPiece(zeros);
                } else {
                    send(zeros);
                }
                sent += zeros.length;
            }
        } catch (IOException e) {
            // The server closed the connection, as it should.
        }
        return sent;
    }

    /// The answer's status, read from its first line.
    public int status() throws IOException {
        InputStream in = socket.getInputStream();
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().split(" ")[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
