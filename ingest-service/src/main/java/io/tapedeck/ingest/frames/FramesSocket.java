package io.tapedeck.ingest.frames;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.tapedeck.chassis.access.OwnerKey;
import io.tapedeck.chassis.problem.Problem;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The door for frames: lets in whoever may, and gives each connection a thread.
///
/// This is Vert.x's own WebSocket and not Quarkus' one, because that reads on while messages wait
/// in memory.
@ApplicationScoped
class FramesSocket {

    private static final Logger LOG = Logger.getLogger(FramesSocket.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /// Beside a picture, in base64, there is little in a message.
    static int mostMessageBytes(int frameBytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE / 2, frameBytes * 4L / 3 + 4096));
    }

    private final Vertx vertx;
    private final OwnerKey ownerKey;
    private final FramesLogPublisher log;
    private final FramesSoundRepository sounds;
    private final ObjectMapper json;
    private final IngestConfig config;
    private final FramesMemory memory;
    private final FramesRules rules;
    private final MessageReader messages;
    private final Map<FramesConnection, Open> open = new ConcurrentHashMap<>();

    /// A connection that is served.
    private record Open(FramesPeer peer, Thread thread) {}

    FramesSocket(
            Vertx vertx,
            OwnerKey ownerKey,
            FramesLogPublisher log,
            FramesSoundRepository sounds,
            ObjectMapper json,
            IngestConfig config) {
        this.vertx = vertx;
        this.ownerKey = ownerKey;
        this.log = log;
        this.sounds = sounds;
        this.json = json;
        this.config = config;
        var frames = config.frames();
        this.memory =
                new FramesMemory(
                        Math.min(frames.bufferBytes(), Runtime.getRuntime().maxMemory() / 6));
        this.messages = new MessageReader(frames.frameBytes());
        this.rules =
                new FramesRules(
                        frames.batchTime(),
                        frames.batchBytes(),
                        frames.messagesPerSecond(),
                        frames.lease().dividedBy(3),
                        frames.storePatience());
    }

    void routes(@Observes Router router) {
        router.get("/").handler(request -> greet(request, false));
        router.get("/api/v1/frames").handler(request -> greet(request, true));
    }

    /// Lets what was sent become chunks, and completes the recordings.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        open.values().forEach(one -> one.peer().post(new FramesPeer.Left()));
        long deadline = System.nanoTime() + GOODBYE.toNanos();
        for (Open one : open.values()) {
            one.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    /// Whether a connection of this process fills a session.
    boolean fills(String sessionId) {
        return open.keySet().stream().anyMatch(one -> one.fills(sessionId));
    }

    /// @param only whether there is nothing else at this address
    private void greet(RoutingContext routing, boolean only) {
        HttpServerRequest request = routing.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            if (only) {
                refuse(
                        routing,
                        IngestProblem.FRAMES_WEBSOCKET_ONLY,
                        "Connect with ws:// or wss://.");
            } else {
                routing.next();
            }
            return;
        }
        boolean owner = ownerKey.opens(request.getHeader("Authorization"), cookie(request));
        if (!FramesOrigin.isOwn(
                request.getHeader("Origin"), authority(request), config.publicUrl())) {
            refuse(routing, IngestProblem.FRAMES_ORIGIN, "Pages of other sites may not connect.");
        } else if (!owner && !config.frames().open()) {
            refuse(
                    routing,
                    IngestProblem.FRAMES_DENIED,
                    "Send the owner key as 'Authorization: Bearer <key>', or sign in on the page.");
        } else if (open.size() >= config.frames().connections()) {
            refuse(routing, IngestProblem.FRAMES_FULL, "Close one of them, or come again later.");
        } else {
            request.toWebSocket()
                    .onSuccess(socket -> serve(request, socket, owner))
                    .onFailure(e -> LOG.debugf("no WebSocket: %s", e.getMessage()));
        }
    }

    private void serve(HttpServerRequest request, ServerWebSocket socket, boolean owner) {
        var peer =
                new FramesPeerSocket(
                        vertx,
                        request,
                        socket,
                        config.frames().frameBytes(),
                        config.frames().silence());
        var connection =
                new FramesConnection(
                        peer,
                        new FramesPlayback(sounds.heardBy(owner)),
                        messages,
                        new FramesRecorder(log, memory, rules, System::nanoTime),
                        rules);
        Thread thread =
                Thread.ofVirtual()
                        .name("frames")
                        .unstarted(() -> {
                            try {
                                connection.run();
                            } finally {
                                open.remove(connection);
                                peer.close(1001, "over");
                            }
                        });
        open.put(connection, new Open(peer, thread));
        thread.start();
    }

    private void refuse(RoutingContext routing, IngestProblem problem, String detail) {
        try {
            byte[] body =
                    json.writeValueAsBytes(
                            Problem.of(problem.status(), problem.code(), problem.title(), detail));
            routing.response()
                    .setStatusCode(problem.status())
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .putHeader("Connection", "close")
                    .end(Buffer.buffer(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document can be written", e);
        }
    }

    private static @Nullable String authority(HttpServerRequest request) {
        return request.authority() == null ? null : request.authority().toString();
    }

    private static @Nullable String cookie(HttpServerRequest request) {
        Set<Cookie> found = request.cookies(OwnerKey.COOKIE);
        return found.isEmpty() ? null : found.iterator().next().getValue();
    }
}
