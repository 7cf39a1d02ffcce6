package io.tapedeck.e2e.camera;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/// A camera that encodes: H.264, 640 × 360 at 15 pictures a second with a keyframe each second,
/// each with [BurntClock], as HLS with segments of a second (`/live.m3u8`) and as an endless
/// MPEG-TS (`/live.ts`). Needs ffmpeg in `PATH`. Thread-safe.
public final class TestStream implements AutoCloseable {

    private static final int WIDTH_PIXELS = 640;
    private static final int HEIGHT_PIXELS = 360;
    private static final Duration INTERVAL = Duration.ofNanos(1_000_000_000 / 15);

    private final HttpServer server;
    private final Path directory;
    private final Process playlist;

    private TestStream(HttpServer server, Path directory) throws IOException {
        this.server = server;
        this.directory = directory;
        this.playlist =
                encode(
                        "-f",
                        "hls",
                        "-hls_time",
                        "1",
                        "-hls_list_size",
                        "6",
                        "-hls_flags",
                        "delete_segments",
                        directory.resolve("live.m3u8").toString());
    }

    /// On a free port of the loopback interface.
    ///
    /// @param directory for its segments; empty
    public static TestStream start(Path directory) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var server = HttpServer.create(address, 0);
            var stream = new TestStream(server, directory);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/live.ts", stream::endless);
            server.createContext("/", stream::file);
            server.start();
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI playlistUrl() {
        return url("/live.m3u8");
    }

    public URI transportStreamUrl() {
        return url("/live.ts");
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        playlist.destroyForcibly();
    }

    private void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            try {
                byte[] bytes = Files.readAllBytes(directory.resolve(Path.of(name).getFileName()));
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (NoSuchFileException e) {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    /// For each viewer one of its own.
    private void endless(HttpExchange exchange) throws IOException {
        Process encoder = encode("-f", "mpegts", "pipe:1");
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "video/mp2t");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] buffer = new byte[16 << 10];
            int count = encoder.getInputStream().read(buffer);
            while (count >= 0) {
                out.write(buffer, 0, count);
                out.flush();
                count = encoder.getInputStream().read(buffer);
            }
        } finally {
            encoder.destroyForcibly();
        }
    }

    private static Process encode(String... output) throws IOException {
        var command =
                new ArrayList<>(
                        List.of("ffmpeg", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt"));
        command.addAll(List.of("bgr24", "-s", WIDTH_PIXELS + "x" + HEIGHT_PIXELS, "-r", "15"));
        command.addAll(List.of("-i", "pipe:0", "-c:v", "libx264", "-preset", "ultrafast"));
        command.addAll(List.of("-tune", "zerolatency", "-g", "15", "-pix_fmt", "yuv420p"));
        command.addAll(List.of(output));
        Process encoder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread.ofPlatform().daemon().name("test-stream").start(() -> paint(encoder));
        return encoder;
    }

    private static void paint(Process encoder) {
        var pictures = new ClockPictures(WIDTH_PIXELS, HEIGHT_PIXELS);
        long next = System.nanoTime();
        try (OutputStream in = encoder.getOutputStream()) {
            while (encoder.isAlive()) {
                in.write(pictures.bgr(Instant.now()));
                in.flush();
                next += INTERVAL.toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        } catch (IOException e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
