package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// Asks cameras over HTTP. Redirections are followed a few times; whether one may be followed is
/// decided where it leads, by the sockets. Thread-safe.
final class CameraHttp {

    /// A camera in the same network answers within milliseconds; one behind a phone's within a few
    /// seconds.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /// Without a byte for so long, a camera is offline. One that drips has [Patience].
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int MOST_REDIRECTIONS = 5;

    private final OkHttpClient client;
    private final Patience patience;

    CameraHttp(SocketFactory sockets, Patience patience) {
        this.patience = patience;
        client =
                new OkHttpClient.Builder()
                        .socketFactory(sockets)
                        // A proxy would connect for us, and to where it likes.
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .cookieJar(CookieJar.NO_COOKIES)
                        .protocols(List.of(Protocol.HTTP_1_1))
                        // What a camera closes is noticed by whoever reads; playlists use
                        // connections again.
                        .connectionPool(new ConnectionPool())
                        .connectTimeout(CONNECT_TIMEOUT)
                        .readTimeout(SILENCE)
                        .writeTimeout(SILENCE)
                        .build();
    }

    /// One camera's way to ask, with its password. For one thread at a time.
    ///
    /// @param stopping told of each call before it begins
    Visit visit(HttpUrl url, Stopping stopping) {
        return new Visit(client, CameraPassword.of(url), patience, stopping);
    }

    /// See [CameraHttp#visit].
    static final class Visit {

        private final OkHttpClient client;
        private final Patience patience;
        private final Stopping stopping;
        private final Deadline deadline = new Deadline(this::cancel);
        private @Nullable Call last;

        private Visit(
                OkHttpClient client,
                CameraPassword password,
                Patience patience,
                Stopping stopping) {
            this.client = client.newBuilder().authenticator(password).build();
            this.patience = patience;
            this.stopping = stopping;
            stopping.closeOnStop(this::cancel);
        }

        /// The answer with what was asked for, whose body is to be closed.
        ///
        /// @param range all of it, if empty
        /// @throws FeedException the camera says no
        Response get(HttpUrl url, Optional<HlsPlaylist.Range> range)
                throws IOException, FeedException {
            return deadline.keep(patience.answer(), "whole answer", () -> follow(url, range));
        }

        /// The first bytes of a body, which can be read again.
        byte[] head(BufferedSource body) throws IOException {
            return deadline.keep(
                    patience.answer(),
                    "beginning of a stream",
                    () -> {
                        BufferedSource ahead = body.peek();
                        ahead.request(MediaKind.HEAD_BYTES);
                        long count = Math.min(ahead.getBuffer().size(), MediaKind.HEAD_BYTES);
                        return ahead.readByteArray(count);
                    });
        }

        /// A short body, whole.
        ///
        /// @param name for people: "playlist"
        byte[] whole(InputStream body, int mostBytes, String name) throws IOException {
            return deadline.keep(
                    patience.answer(),
                    "whole " + name,
                    () -> new BoundedStream(body, mostBytes).readAllBytes());
        }

        /// A long body, or one without end.
        ///
        /// @param missing see [PatientStream]
        PatientStream patient(InputStream body, Duration time, String missing) {
            return new PatientStream(body, time, missing, this::cancel);
        }

        Patience patience() {
            return patience;
        }

        private Response follow(HttpUrl url, Optional<HlsPlaylist.Range> range)
                throws IOException, FeedException {
            HttpUrl next = url;
            for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
                Response answer = call(next, range).execute();
                if (answer.code() == (range.isPresent() ? 206 : 200)) {
                    return answer;
                }
                try (answer) {
                    next = redirection(answer);
                }
            }
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    "%s redirects on and on. Name the address of the stream itself."
                            .formatted(place(url)));
        }

        private synchronized Call call(HttpUrl url, Optional<HlsPlaylist.Range> range)
                throws FeedException {
            stopping.check();
            var request =
                    new Request.Builder()
                            .url(url)
                            .header("User-Agent", "Tapedeck")
                            .header("Accept", "*/*")
                            // Nothing here is worth unpacking.
                            .header("Accept-Encoding", "identity");
            range.ifPresent(part -> {
                long last = part.from() + part.length() - 1;
                request.header("Range", "bytes=%d-%d".formatted(part.from(), last));
            });
            last = client.newCall(request.build());
            return last;
        }

        private synchronized void cancel() {
            if (last != null) {
                last.cancel();
            }
        }
    }

    private static HttpUrl redirection(Response answer) throws FeedException {
        HttpUrl asked = answer.request().url();
        int status = answer.code();
        if (status == 401 || status == 403) {
            throw FeedProblem.REFUSED_US.because(
                    ("%s lets nobody in without the right user and password (HTTP %d). Put them into"
                                    + " the address: http://user:password@…")
                            .formatted(place(asked), status));
        }
        String location = answer.header("Location");
        if (status < 300 || status > 399 || location == null) {
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    "%s answers with HTTP %d. Look at the address in a browser."
                            .formatted(place(asked), status));
        }
        HttpUrl next = asked.resolve(location);
        if (next == null) {
            throw FeedProblem.ADDRESS_REFUSED.because(
                    "%s redirects to something that is not HTTP.".formatted(place(asked)));
        }
        return next;
    }

    /// Host and port, without anything that could be a secret.
    static String place(HttpUrl url) {
        return url.host() + ":" + url.port();
    }
}
