package io.tapedeck.ingest.frames;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// [FramesPeer] on a WebSocket.
///
/// While a message is worked on, nothing is read from the connection: the client's data stays in
/// the network, and then in the client. What one read of the network has brought with it, some
/// messages at most, waits in the queue.
final class FramesPeerSocket implements FramesPeer {

    /// As Netty calls it.
    private static final String DECODER = "wsdecoder";

    private static final int PINGS_IN_SILENCE = 4;
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);

    private final ServerWebSocket socket;
    private final ConnectionBase connection;
    private final Context context;
    private final int mostBytes;
    private final Duration silence;
    private final Duration pingEvery;
    private final BlockingQueue<Happening> arrivals = new LinkedBlockingQueue<>();

    // Only for the event loop.
    private Buffer message = Buffer.buffer();
    private boolean isText;
    private boolean isTooLarge;
    private boolean reading = true;
    private long heardNanos = System.nanoTime();
    private long pausedNanos;
    private long deafNanos;

    /// On the event loop of the connection.
    ///
    /// @param frameBytes longest picture
    /// @param silence who does not even answer pings for so long is gone
    FramesPeerSocket(
            Vertx vertx,
            HttpServerRequest request,
            ServerWebSocket socket,
            int frameBytes,
            Duration silence) {
        this.socket = socket;
        this.connection = (ConnectionBase) request.connection();
        this.context = vertx.getOrCreateContext();
        this.mostBytes = FramesSocket.mostMessageBytes(frameBytes);
        this.silence = silence;
        this.pingEvery = silence.dividedBy(PINGS_IN_SILENCE);
        // The server's own patience is for requests, and ends while a slow store is waited for.
        var pipeline = connection.channel().pipeline();
        if (pipeline.get("idle") != null) {
            pipeline.remove("idle");
        }
        pipeline.addBefore(
                DECODER, "oversize", new OversizeFilter(mostBytes, () -> isTooLarge = true));
        long timer = vertx.setPeriodic(pingEvery.toMillis(), _ -> ping());
        socket.frameHandler(this::take);
        socket.pongHandler(_ -> heardNanos = System.nanoTime());
        socket.exceptionHandler(_ -> {
            // What is no WebSocket any more.
            arrivals.add(new Left());
        });
        socket.closeHandler(_ -> {
            vertx.cancelTimer(timer);
            arrivals.add(new Left());
        });
    }

    private void take(WebSocketFrame frame) {
        heardNanos = System.nanoTime();
        if (frame.isText() || frame.isBinary()) {
            message = Buffer.buffer();
            isText = frame.isText();
        } else if (!frame.isContinuation()) {
            return;
        }
        Buffer bytes = frame.binaryData();
        isTooLarge |= message.length() + (long) bytes.length() > mostBytes;
        message = isTooLarge ? Buffer.buffer() : message.appendBuffer(bytes);
        if (frame.isFinal()) {
            arrivals.add(arrival());
            message = Buffer.buffer();
            isTooLarge = false;
            if (reading) {
                reading = false;
                pausedNanos = heardNanos;
                connection.doPause();
            }
        }
    }

    private Happening arrival() {
        if (isTooLarge) {
            return new TooLarge();
        }
        return isText
                ? new Text(message.getBytes(), new Arrival(heardNanos, deafNanos))
                : new NotText();
    }

    /// Asks only who is silent. A client that has gone may have left data on its way, which a slow
    /// store has not let in yet; and a network that is told of anything for a client that has gone
    /// throws away what is on its way (RFC 9293 §3.10.7.4: it answers with a reset).
    private void ping() {
        long silentNanos = System.nanoTime() - heardNanos;
        if (!reading || socket.isClosed()) {
            return;
        }
        if (silentNanos > silence.toNanos()) {
            // Whoever is there answers pings.
            connection.close();
        } else if (silentNanos >= pingEvery.toNanos()) {
            socket.writePing(Buffer.buffer("tapedeck"));
        }
    }

    @Override
    public @Nullable Happening next(Duration patience) throws InterruptedException {
        Happening ready = arrivals.poll();
        if (ready != null) {
            return ready;
        }
        context.runOnContext(_ -> readOn());
        return arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void readOn() {
        if (!reading && arrivals.isEmpty()) {
            reading = true;
            heardNanos = System.nanoTime();
            deafNanos += heardNanos - pausedNanos;
            connection.doResume();
        }
    }

    @Override
    public void post(Happening happening) {
        arrivals.add(happening);
    }

    @Override
    public void send(String json) throws IOException, InterruptedException {
        var sent = socket.writeTextMessage(json).toCompletionStage().toCompletableFuture();
        try {
            sent.get(LONGEST_SEND.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the client is gone", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the client takes nothing any more", e);
        }
    }

    @Override
    public void close(int status, String reason) {
        context.runOnContext(_ -> {
            // Else its answer would never be read.
            connection.doResume();
            if (!socket.isClosed()) {
                socket.close((short) status, reason);
            }
        });
    }
}
