package io.tapedeck.standalone.door;

import io.netty.util.concurrent.FutureListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

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

    /// Asks the service to switch, and passes on whatever it answers. On the request's event loop.
    void open(HttpServerRequest request, int port) {
        request.pause();
        client.request(request.method(), port, host, request.uri())
                .compose(asked -> ask(request, asked))
                .onSuccess(answer -> pass(request, answer))
                .onFailure(failure -> VertxProblem.NOT_UP.send(request));
    }

    private static Future<HttpClientResponse> ask(
            HttpServerRequest request, HttpClientRequest asked) {
        asked.headers().setAll(request.headers());
        return asked.connect();
    }

    private static void pass(HttpServerRequest request, HttpClientResponse answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.statusCode());
        response.headers().setAll(answer.headers());
        if (answer.statusCode() != SWITCHING_PROTOCOLS) {
            answer.pipeTo(response);
            return;
        }
        NetSocket service = answer.netSocket().pause();
        var connection = (ConnectionBase) answer.request().connection();
        request.toNetSocket()
                .onFailure(failure -> service.close())
                .onSuccess(client -> {
                    pump(service, client::write, client);
                    pump(client.pause(), bytes -> written(connection, bytes), service);
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

    /// @param from paused
    private static void pump(
            NetSocket from, Function<Buffer, Future<Void>> write, WriteStream<Buffer> to) {
        var waiting = new AtomicInteger();
        from.handler(bytes -> {
            if (waiting.addAndGet(bytes.length()) >= MOST_WAITING_BYTES) {
                from.pause();
            }
            write.apply(bytes)
                    .onComplete(written -> {
                        if (waiting.addAndGet(-bytes.length()) < MOST_WAITING_BYTES) {
                            from.resume();
                        }
                    });
        });
        // Behind the last byte, also when the connection was cut.
        from.endHandler(ended -> to.end());
        from.resume();
    }
}
