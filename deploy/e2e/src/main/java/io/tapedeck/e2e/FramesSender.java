package io.tapedeck.e2e;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;

/// A client that sends frames and knows nothing of us but the protocol: 15 pictures a second, and
/// with each a fifteenth of a second of sound. For one thread at a time.
public final class FramesSender implements WebSocket.Listener {

    private static final int PIECE_BYTES = 2 * 44_100 / 15;
    private static final long TIMEOUT_SECONDS = 60;

    private final WebSocket socket;
    private final Random random;
    private final List<String> heard = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream sound = new ByteArrayOutputStream();
    private int pictures;

    /// Connects.
    ///
    /// @param id what it calls itself
    public FramesSender(URI url, String id) throws IOException, InterruptedException {
        this.random = new Random(id.hashCode());
        try {
            this.socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(url, this)
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not connected", e);
        }
        say("{\"eventType\": \"CONNECT\", \"id\": \"%s\"}".formatted(id));
    }

    /// Sends pictures and sound, as a camera would.
    ///
    /// @param count pictures
    public void send(int count) throws IOException, InterruptedException {
        Pace pace = Pace.every(java.time.Duration.ofNanos(1_000_000_000L / 15));
        for (int i = 0; i < count; i++) {
            pace.await();
            stream("VIDEO", picture(pictures));
            pictures++;
            byte[] piece = new byte[PIECE_BYTES];
            random.nextBytes(piece);
            stream("AUDIO", piece);
            sound.writeBytes(piece);
        }
    }

    /// Says that this was all, and waits until the server closes.
    ///
    /// @return its status
    public int close() throws IOException, InterruptedException {
        say("{\"eventType\": \"CLOSE\"}");
        try {
            return closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not closed", e);
        }
    }

    /// Is gone, as when somebody pulls the plug.
    public void vanish() {
        socket.abort();
    }

    /// How many pictures were sent.
    public int pictures() {
        return pictures;
    }

    /// All sound that was sent.
    public byte[] sound() {
        return sound.toByteArray();
    }

    /// What the server said.
    public synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    private void stream(String type, byte[] bytes) throws IOException, InterruptedException {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        say(
                "{\"eventType\": \"STREAM\", \"mediaSourceType\": \"%s\", \"encodedMediaChunk\": \"%s\"}"
                        .formatted(type, base64));
    }

    private void say(String json) throws IOException, InterruptedException {
        try {
            socket.sendText(json, true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not sent", e);
        }
    }

    private static byte[] picture(int number) {
        var image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(Color.getHSBColor(number * 0.01f, 0.8f, 0.9f));
        pen.fillRect(number * 4 % 320, 60, 40, 120);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heard.add(data.toString());
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
