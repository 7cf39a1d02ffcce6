package io.tapedeck.e2e.camera;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A network camera that speaks Motion JPEG over HTTP (`multipart/x-mixed-replace`), 640 × 360 at
/// 15 pictures a second, each with [BurntClock]. It draws only while somebody looks. Thread-safe.
public final class TestCamera implements AutoCloseable {

    private static final int WIDTH_PIXELS = 640;
    private static final int HEIGHT_PIXELS = 360;
    private static final Duration INTERVAL = Duration.ofNanos(1_000_000_000 / 15);
    private static final String BOUNDARY = "tapedeck-test-camera";

    private final ServerSocket server;
    private final Set<Socket> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private boolean paused;

    private TestCamera(ServerSocket server) {
        this.server = server;
    }

    /// On a free port of the loopback interface.
    public static TestCamera start() {
        return start(0);
    }

    /// As one that was switched off and on again.
    public static TestCamera start(int port) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var camera = new TestCamera(server);
            Thread.ofVirtual().name("test-camera").start(camera::accept);
            return camera;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/video.mjpg");
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Who is looking now.
    public int viewers() {
        return viewers.size();
    }

    /// How many have ever looked at one time.
    public int mostViewers() {
        return most.get();
    }

    /// How many have come so far.
    public int totalViewers() {
        return total.get();
    }

    /// Connections stay open, but nothing comes.
    public void pause() {
        setPaused(true);
    }

    public void resume() {
        setPaused(false);
    }

    /// Throws out whoever is looking; they may come back.
    public void disconnect() {
        viewers.forEach(TestCamera::closeQuietly);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disconnect();
        resume();
    }

    private void setPaused(boolean now) {
        lock.lock();
        try {
            paused = now;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket viewer = server.accept();
                Thread.ofPlatform().daemon().name("test-camera-viewer").start(() -> show(viewer));
            } catch (SocketException e) {
                // Closed.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void show(Socket viewer) {
        viewers.add(viewer);
        total.incrementAndGet();
        most.accumulateAndGet(viewers.size(), Math::max);
        try (viewer) {
            var reader =
                    new BufferedReader(new InputStreamReader(viewer.getInputStream(), US_ASCII));
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                line = reader.readLine();
            }
            // Who goes away is noticed at once, also in a pause.
            Thread.ofVirtual().start(() -> awaitEnd(viewer, reader));
            send(viewer, viewer.getOutputStream());
        } catch (IOException e) {
            // Gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            viewers.remove(viewer);
        }
    }

    private void awaitEnd(Socket viewer, BufferedReader reader) {
        try {
            while (reader.read() >= 0) {
                // Nothing is expected.
            }
        } catch (IOException e) {
            // Gone.
        }
        closeQuietly(viewer);
        viewers.remove(viewer);
    }

    private void send(Socket viewer, OutputStream out) throws IOException, InterruptedException {
        var pictures = new ClockPictures(WIDTH_PIXELS, HEIGHT_PIXELS);
        out.write(
                ("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\n"
                                + "Content-Type: multipart/x-mixed-replace; boundary="
                                + BOUNDARY
                                + "\r\n\r\n")
                        .getBytes(US_ASCII));
        long next = System.nanoTime();
        while (!viewer.isClosed() && !server.isClosed()) {
            awaitResumed();
            byte[] jpeg = pictures.jpeg(Instant.now());
            out.write(
                    ("--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n")
                            .formatted(BOUNDARY, jpeg.length)
                            .getBytes(US_ASCII));
            out.write(jpeg);
            out.write("\r\n".getBytes(US_ASCII));
            out.flush();
            next = Math.max(next + INTERVAL.toNanos(), System.nanoTime() - INTERVAL.toNanos());
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
    }

    private void awaitResumed() throws InterruptedException {
        lock.lock();
        try {
            while (paused) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is all that is wanted.
        }
    }
}
