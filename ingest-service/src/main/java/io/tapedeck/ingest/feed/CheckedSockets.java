package io.tapedeck.ingest.feed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.SocketFactory;

/// Sockets that connect only where cameras may be. They look at the very address of the connection:
/// it does not matter how it was written, what a name led to before, or who redirected to it.
/// Thread-safe.
final class CheckedSockets extends SocketFactory {

    private final SafeAddresses addresses;

    CheckedSockets(SafeAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public Socket createSocket() {
        return new CheckedSocket(addresses);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class CheckedSocket extends Socket {

        private final SafeAddresses addresses;

        CheckedSocket(SafeAddresses addresses) {
            this.addresses = addresses;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            if (!(endpoint instanceof InetSocketAddress internet)) {
                throw new SocketException("only addresses of the Internet");
            }
            InetAddress address = internet.getAddress();
            if (address == null) {
                throw new UnknownHostException(internet.getHostString());
            }
            addresses.check(internet.getHostString(), address, internet.getPort());
            super.connect(internet, timeoutMillis);
        }
    }
}
