package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A camera that speaks RTSP over TCP: H.264 and G.711, which an ffmpeg makes. It asks for a
/// password by Digest.
final class TestRtspServer implements AutoCloseable {

    private static final String CHALLENGE = "Digest realm=\"camera\", nonce=\"0a1b\"";

    private final ServerSocket server;
    private final DatagramSocket pictures;
    private final DatagramSocket sound;
    private final Process encoder;
    private final Path description;
    private final List<RtspMessage> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> players = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private volatile String answerToPlayers = "";

    TestRtspServer(Path directory) throws IOException {
        var loopback = InetAddress.getByName("127.0.0.1");
        server = new ServerSocket(0, 10, loopback);
        pictures = new DatagramSocket(new InetSocketAddress(loopback, 0));
        sound = new DatagramSocket(new InetSocketAddress(loopback, 0));
        description = directory.resolve("camera.sdp");
        String command =
                "ffmpeg -loglevel error -re -f lavfi -i testsrc2=s=320x180:r=25 -re -f lavfi -i"
                        + " sine=440:r=8000 -map 0:v -c:v libx264 -preset ultrafast -tune"
                        + " zerolatency -g 25 -pix_fmt yuv420p -f rtp rtp://127.0.0.1:%d?pkt_size=1200"
                        + " -map 1:a -c:a pcm_mulaw -ar 8000 -ac 1 -f rtp rtp://127.0.0.1:%d"
                        + " -sdp_file %s";
        encoder =
                new ProcessBuilder(
                                command.formatted(
                                                pictures.getLocalPort(),
                                                sound.getLocalPort(),
                                                description)
                                        .split(" "))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Thread.ofVirtual().start(this::accept);
        Thread.ofPlatform().daemon().start(() -> forward(pictures, 0));
        Thread.ofPlatform().daemon().start(() -> forward(sound, 2));
    }

    int port() {
        return server.getLocalPort();
    }

    List<RtspMessage> requests() {
        return requests;
    }

    boolean isReady() {
        return Files.exists(description);
    }

    int players() {
        return players.size();
    }

    /// What every request is answered with from now on, instead of being served.
    void answerOnly(String text) {
        answer = text;
    }

    /// What those who play are answered, once the question what there is was served.
    void answerPlayersOnly(String text) {
        answerToPlayers = text;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            int next = in.read();
            while (next >= 0) {
                if (next == '$') {
                    in.skipNBytes(1);
                    in.skipNBytes(in.read() << 8 | in.read());
                } else {
                    RtspMessage request = RtspMessage.read(next, in);
                    requests.add(request);
                    synchronized (client) {
                        client.getOutputStream().write(answer(request).getBytes(UTF_8));
                    }
                    if (request.method().equals("PLAY")) {
                        players.add(client);
                    }
                }
                next = in.read();
            }
        } catch (IOException e) {
            // Gone.
        } finally {
            players.remove(client);
        }
    }

    private String answer(RtspMessage request) throws IOException {
        String number = "CSeq: " + request.header("CSeq").orElse("0") + "\r\n";
        if (!answer.isEmpty()) {
            return answer.formatted(number);
        }
        if (!answerToPlayers.isEmpty()
                && !request.header("User-Agent").orElse("").equals("Tapedeck")) {
            return answerToPlayers.formatted(number);
        }
        if (!request.method().equals("OPTIONS") && !isAllowed(request)) {
            return "RTSP/1.0 401 Unauthorized\r\n%sWWW-Authenticate: %s\r\n\r\n"
                    .formatted(number, CHALLENGE);
        }
        String ok = "RTSP/1.0 200 OK\r\n" + number + "Session: 77\r\n";
        return switch (request.method()) {
            case "DESCRIBE" -> {
                String sdp = description();
                yield ok
                        + "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(sdp.length(), sdp);
            }
            case "SETUP" ->
                    ok + "Transport: " + request.header("Transport").orElse("") + "\r\n\r\n";
            case "OPTIONS" -> ok + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
            default -> ok + "\r\n";
        };
    }

    private static boolean isAllowed(RtspMessage request) {
        Optional<String> shown = request.header("Authorization");
        if (shown.isEmpty()) {
            return false;
        }
        // Proves what it was asked, by the address that the camera itself has.
        String right =
                DigestChallenge.parse(CHALLENGE)
                        .orElseThrow()
                        .answer("user", "p@ss", request.method(), request.target());
        return shown.get().equals(right);
    }

    /// What ffmpeg wrote, with names for the tracks.
    private String description() throws IOException {
        var text = new StringBuilder();
        int track = 0;
        for (String line : Files.readAllLines(description)) {
            if (line.startsWith("SDP:")) {
                continue;
            }
            boolean media = line.startsWith("m=");
            text.append(media ? line.replaceFirst(" [0-9]+ ", " 0 ") : line).append("\r\n");
            if (media) {
                text.append("a=control:track").append(track++).append("\r\n");
            }
        }
        return text.toString();
    }

    private void forward(DatagramSocket from, int channel) {
        byte[] buffer = new byte[4 + 2048];
        while (!from.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, 4, 2048);
                from.receive(packet);
                buffer[0] = '$';
                buffer[1] = (byte) channel;
                buffer[2] = (byte) (packet.getLength() >> 8);
                buffer[3] = (byte) packet.getLength();
                players.forEach(player -> send(player, buffer, 4 + packet.getLength()));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void send(Socket player, byte[] bytes, int length) {
        try {
            synchronized (player) {
                OutputStream out = player.getOutputStream();
                out.write(bytes, 0, length);
            }
        } catch (IOException e) {
            players.remove(player);
        }
    }

    @Override
    public void close() {
        encoder.destroyForcibly();
        pictures.close();
        sound.close();
        try {
            server.close();
            for (Socket player : players) {
                player.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
