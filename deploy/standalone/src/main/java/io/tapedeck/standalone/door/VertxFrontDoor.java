package io.tapedeck.standalone.door;

import io.tapedeck.standalone.child.CannotStart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.BindException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Listens on the public address, serves the pages and passes everything else to the services,
/// streamed in both directions with back-pressure; WebSockets too. Thread-safe.
public final class VertxFrontDoor implements AutoCloseable {

    /// Server-sent events and slow uploads each keep a connection.
    private static final int CONNECTIONS_PER_SERVICE = 1_000;

    private static final int HEADER_BYTES = 32 * 1024;

    private final Vertx vertx;
    private final HttpServer server;
    private final VertxPages pages;
    private final @Nullable String localOwnerKey;
    private final Supplier<Health> health;
    private final Map<Target, Upstream> upstreams = new ConcurrentHashMap<>();
    private final Map<Target, HttpProxy> proxies = new EnumMap<>(Target.class);
    private final VertxTunnel tunnel;

    private VertxFrontDoor(
            Vertx vertx, Path pages, @Nullable String localOwnerKey, Supplier<Health> health) {
        this.vertx = vertx;
        this.pages = new VertxPages(pages);
        this.localOwnerKey = localOwnerKey;
        this.health = health;
        var client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(CONNECTIONS_PER_SERVICE)
                                .setConnectTimeout(2_000)
                                .setKeepAliveTimeout(30)
                                .setMaxHeaderSize(HEADER_BYTES));
        for (var target : new Target[] {Target.INGEST, Target.PLAYBACK}) {
            proxies.put(target, proxy(client, target));
        }
        this.tunnel = new VertxTunnel(client, LOCAL);
        this.server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setMaxHeaderSize(HEADER_BYTES)
                                        .setMaxInitialLineLength(HEADER_BYTES)
                                        .setHandle100ContinueAutomatically(true))
                        .requestHandler(this::handle);
    }

    /// Opens at once; the services answer 503 until {@link #lead} has named them and they are up.
    ///
    /// @param port 0 takes any
    /// @param pages the built web-ui; may be missing
    /// @param localOwnerKey given to requests of the person at this machine; null gives it to none
    /// @param health asked on a virtual thread, may take a second
    /// @throws CannotStart when the address cannot be had
    public static VertxFrontDoor open(
            String host,
            int port,
            Path pages,
            @Nullable String localOwnerKey,
            Supplier<Health> health) {
        var vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(2)
                                .setWorkerPoolSize(2)
                                .setInternalBlockingPoolSize(4));
        var door = new VertxFrontDoor(vertx, pages, localOwnerKey, health);
        try {
            door.server.listen(port, host).toCompletionStage().toCompletableFuture().join();
            return door;
        } catch (CompletionException e) {
            door.close();
            throw refusal(host, port, e);
        }
    }

    /// The port it really listens on.
    public int port() {
        return server.actualPort();
    }

    /// From now on requests for the target go there.
    public void lead(Target target, Upstream upstream) {
        upstreams.put(target, upstream);
    }

    /// Cuts what is still open.
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        if (path.equals("/q/health")) {
            answerHealth(request);
            return;
        }
        boolean wantsUpgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        var target = RouteTable.target(request.method().name(), path, wantsUpgrade);
        var proxy = proxies.get(target);
        if (proxy == null) {
            pages.serve(request);
            return;
        }
        var upstream = upstreams.get(target);
        if (upstream == null || !upstream.up().getAsBoolean()) {
            VertxProblem.NOT_UP.send(request);
            return;
        }
        rewriteHeaders(request);
        if (wantsUpgrade && RouteTable.becomesWebSocket(path) && VertxTunnel.mayPass(request)) {
            tunnel.open(request, upstream.port());
        } else {
            // RFC 9110 §7.8: what is not passed on must not be promised.
            request.headers().remove(HttpHeaders.UPGRADE);
            proxy.handle(request);
        }
    }

    private void rewriteHeaders(HttpServerRequest request) {
        var headers = request.headers();
        var remote = request.connection().remoteAddress().hostAddress();
        var host = headers.get(HttpHeaders.HOST);
        boolean isLocalOwner =
                OwnerAccess.isLocalOwner(
                        new OwnerAccess.Caller(
                                remote,
                                request.version() == HttpVersion.HTTP_1_0,
                                host,
                                headers.get(HttpHeaders.ORIGIN),
                                headers.get("Sec-Fetch-Site"),
                                headers.names()));
        headers.names().stream().filter(OwnerAccess::isForwarding).forEach(headers::remove);
        headers.set("X-Forwarded-For", remote).set("X-Forwarded-Proto", "http");
        if (host != null) {
            headers.set("X-Forwarded-Host", host);
        }
        if (isLocalOwner && localOwnerKey != null) {
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + localOwnerKey);
        }
    }

    private void answerHealth(HttpServerRequest request) {
        var context = vertx.getOrCreateContext();
        Thread.ofVirtual()
                .start(() -> {
                    var state = health.get();
                    context.runOnContext(nothing -> VertxHealth.send(request, state));
                });
    }

    private HttpProxy proxy(HttpClient client, Target target) {
        return HttpProxy.reverseProxy(client)
                .originRequestProvider(
                        (request, to) -> to.request(request.method(), port(target), LOCAL, "/"))
                .addInterceptor(UNREACHABLE);
    }

    private static final String LOCAL = "127.0.0.1";

    private int port(Target target) {
        @Nullable Upstream upstream = upstreams.get(target);
        return upstream == null ? 0 : upstream.port();
    }

    /// A service that died a moment ago is as good as one that is not up.
    private static final ProxyInterceptor UNREACHABLE =
            new ProxyInterceptor() {
                @Override
                public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                    return context.sendRequest()
                            .recover(failure -> Future.succeededFuture(notUp(context)));
                }
            };

    private static ProxyResponse notUp(ProxyContext context) {
        return context.request()
                .release()
                .response()
                .setStatusCode(VertxProblem.NOT_UP.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, VertxProblem.CONTENT_TYPE)
                .putHeader(HttpHeaders.RETRY_AFTER, VertxProblem.RETRY_AFTER_SECONDS)
                .setBody(Body.body(VertxProblem.NOT_UP.body()));
    }

    private static CannotStart refusal(String host, int port, CompletionException failure) {
        var cause = failure.getCause();
        if (cause instanceof BindException) {
            return new CannotStart(
                    "port %d on %s is taken or not allowed: choose another with --port N"
                            .formatted(port, host),
                    failure);
        }
        return new CannotStart("cannot listen on %s:%d: %s".formatted(host, port, cause), failure);
    }
}
