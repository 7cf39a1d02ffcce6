package io.tapedeck.standalone.door;

import io.netty.util.concurrent.FutureListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Passes a WebSocket (RFC 6455) on, byte for byte and no faster than the other side takes it. What
/// one side has sent before it went still reaches the other.
///
/// The proxy for everything else would read on and on, and keep in memory what a slow service has
/// not taken.
final class VertxTunnel {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int MOST_WAITING_BYTES = 256 * 1024;

    private final HttpClient client;
    private final String host;

    VertxTunnel(HttpClient client, String host) {
        this.client = client;
        this.host = host;
    }

    /// Whether this is a request that may become a WebSocket: one without a body.
    static boolean mayPass(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.method() == HttpMethod.GET
                && (length == null || length.equals("0"))
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /// Asks the service to switch, and passes on whatever it answers. On the request's event loop.
    void open(HttpServerRequest request, int port) {
        request.pause();
        client.request(request.method(), port, host, request.uri())
                .compose(asked -> ask(request, asked))
                .onSuccess(answer -> pass(request, answer))
                .onFailure(failure -> {
                    if (!request.response().closed()) {
                        VertxProblem.NOT_UP.send(request);
                    }
                });
    }

    private static Future<HttpClientResponse> ask(
            HttpServerRequest request, HttpClientRequest asked) {
        asked.headers().setAll(request.headers());
        // Vert.x takes nothing but this one word for an upgrade, not "keep-alive, Upgrade".
        asked.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        if (request.response().closed()) {
            asked.reset();
        } else {
            request.response().closeHandler(gone -> asked.reset());
        }
        return asked.connect();
    }

    private static void pass(HttpServerRequest request, HttpClientResponse answer) {
        HttpServerResponse response = request.response();
        var connection = (ConnectionBase) answer.request().connection();
        if (response.closed()) {
            connection.close();
            return;
        }
        response.closeHandler(null);
        response.setStatusCode(answer.statusCode());
        response.headers().setAll(answer.headers());
        if (answer.statusCode() != SWITCHING_PROTOCOLS) {
            // What has asked for an upgrade is never used again.
            answer.pipeTo(response).onComplete(done -> connection.close());
            return;
        }
        NetSocket service = answer.netSocket().pause();
        request.toNetSocket()
                .onFailure(failure -> connection.close())
                .onSuccess(client -> {
                    client.pause();
                    new Pump(service, connection, client::write, client).start();
                    new Pump(client, null, bytes -> written(connection, bytes), service).start();
                });
    }

    /// Of an upgraded connection Vert.x 4.5 never says that something was written, so Netty is
    /// asked.
    private static Future<Void> written(ConnectionBase connection, Buffer bytes) {
        Promise<Void> written = Promise.promise();
        FutureListener<Void> listener =
                done -> {
                    if (done.isSuccess()) {
                        written.complete();
                    } else {
                        written.fail(done.cause());
                    }
                };
        connection.writeToChannel(bytes.getByteBuf(), listener);
        return written.future();
    }

    /// One direction.
    ///
    /// @param from paused
    /// @param below the connection that is to be paused, too, because its end would overtake what
    ///   waits in front of it; null when it does not
    private record Pump(
            NetSocket from,
            @Nullable ConnectionBase below,
            Function<Buffer, Future<Void>> write,
            WriteStream<Buffer> to,
            AtomicInteger waiting) {

        Pump(
                NetSocket from,
                @Nullable ConnectionBase below,
                Function<Buffer, Future<Void>> write,
                WriteStream<Buffer> to) {
            this(from, below, write, to, new AtomicInteger());
        }

        void start() {
            from.handler(this::pass);
            // Behind the last byte, also when the connection was cut.
            from.endHandler(ended -> to.end());
            resume();
        }

        private void pass(Buffer bytes) {
            if (waiting.addAndGet(bytes.length()) >= MOST_WAITING_BYTES) {
                from.pause();
                if (below != null) {
                    below.doPause();
                }
            }
            write.apply(bytes)
                    .onComplete(written -> {
                        if (waiting.addAndGet(-bytes.length()) < MOST_WAITING_BYTES) {
                            resume();
                        }
                    });
        }

        private void resume() {
            from.resume();
            if (below != null) {
                below.doResume();
            }
        }
    }
}
