package io.tapedeck.chassis.objects;

import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/// Makes the MinIO clients, which share their connections. The extension's own client is switched
/// off (`quarkus.minio.enabled=false`): it takes host, port and TLS apart and leaves Nagle's
/// algorithm on, which costs 40 ms for each small object.
@ApplicationScoped
class MinioClientProducer {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

    @Produces
    @Singleton
    OkHttpClient http(ObjectsConfig config) {
        return http(config.maxConnections());
    }

    @Produces
    @Singleton
    MinioClient client(ObjectsConfig config, OkHttpClient http) {
        MinioClient client =
                MinioClient.builder()
                        .endpoint(config.endpoint().toString())
                        .region(config.region())
                        .credentials(config.accessKey(), config.secretKey())
                        .httpClient(http)
                        .build();
        if (config.pathStyle()) {
            client.disableVirtualStyleEndpoint();
        } else {
            client.enableVirtualStyleEndpoint();
        }
        return client;
    }

    @Produces
    @Singleton
    MinioPartClient partClient(ObjectsConfig config, OkHttpClient http) {
        MinioAsyncClient client =
                MinioAsyncClient.builder()
                        .endpoint(config.endpoint().toString())
                        .region(config.region())
                        .credentials(config.accessKey(), config.secretKey())
                        .httpClient(http)
                        .build();
        if (config.pathStyle()) {
            client.disableVirtualStyleEndpoint();
        } else {
            client.enableVirtualStyleEndpoint();
        }
        return new MinioPartClient(client);
    }

    private static OkHttpClient http(int maxConnections) {
        var dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
        dispatcher.setMaxRequests(maxConnections);
        // The default of 5 would be the limit of the whole service: there is only one host.
        dispatcher.setMaxRequestsPerHost(maxConnections);
        return new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(maxConnections, 1, TimeUnit.MINUTES))
                .socketFactory(new NoDelaySockets())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(SILENCE_TIMEOUT)
                .writeTimeout(SILENCE_TIMEOUT)
                .build();
    }

    /// Sockets with TCP_NODELAY.
    private static final class NoDelaySockets extends SocketFactory {

        private final SocketFactory plain = SocketFactory.getDefault();

        @Override
        public Socket createSocket() throws IOException {
            return noDelay(plain.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return noDelay(plain.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return noDelay(plain.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return noDelay(plain.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return noDelay(plain.createSocket(host, port, local, localPort));
        }

        private static Socket noDelay(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return socket;
        }
    }
}
