package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.CameraFeeds;
import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import okhttp3.HttpUrl;

/// Finds the feed by an address's scheme. Thread-safe.
final class SchemeFeeds implements CameraFeeds {

    private final SafeAddresses addresses;
    private final CopyCommand command;
    private final CheckedSockets sockets;
    private final CameraHttp http;
    private final Patience patience;

    SchemeFeeds(SafeAddresses addresses, CopyCommand command) {
        this(addresses, command, Patience.USUAL);
    }

    SchemeFeeds(SafeAddresses addresses, CopyCommand command, Patience patience) {
        this.addresses = addresses;
        this.command = command;
        this.sockets = new CheckedSockets(addresses);
        this.http = new CameraHttp(sockets, patience);
        this.patience = patience;
    }

    @Override
    public void check(URI url) throws FeedException {
        String scheme = scheme(url);
        String host = url.getHost();
        if (host == null || host.isEmpty()) {
            throw FeedProblem.ADDRESS_REFUSED.because(
                    "The address names no host. It looks like http://camera.local/video or"
                            + " rtsp://192.168.1.20/stream1.");
        }
        int port = url.getPort() > 0 ? url.getPort() : defaultPort(scheme);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            for (InetAddress address : InetAddress.getAllByName(bare)) {
                addresses.check(bare, address, port);
            }
        } catch (UnknownHostException e) {
            // It may be off.
        } catch (IOException e) {
            throw Failures.reason(e);
        }
    }

    @Override
    public CameraFeed feed(URI url) {
        var choice = new SoundChoice();
        return new PulledFeed((sink, stopping) -> {
            boolean encoded = choice.encodes();
            try {
                reader(url, choice).read(sink, stopping);
            } catch (FeedException | IOException e) {
                if (encoded == choice.encodes()) {
                    throw e;
                }
                reader(url, choice).read(sink, stopping);
            }
        });
    }

    private FeedReader reader(URI url, SoundChoice choice) throws FeedException {
        if (scheme(url).equals("rtsp")) {
            return new RtspReader(sockets, command, choice, RtspAddress.of(url), patience);
        }
        HttpUrl http = HttpUrl.parse(url.toString());
        if (http == null) {
            throw FeedProblem.ADDRESS_REFUSED.because("That address cannot be read.");
        }
        return new HttpReader(this.http, command, choice, http);
    }

    private static String scheme(URI url) throws FeedException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https", "rtsp" -> scheme;
            default ->
                    throw FeedProblem.ADDRESS_REFUSED.because(
                            "Cameras are asked over http, https or rtsp.");
        };
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "https" -> 443;
            case "rtsp" -> 554;
            default -> 80;
        };
    }
}
