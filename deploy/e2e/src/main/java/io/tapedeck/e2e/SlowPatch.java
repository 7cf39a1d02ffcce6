package io.tapedeck.e2e;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/// A request that appends to the end of a file, and of which only a part has been sent so far.
public final class SlowPatch implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final PipedOutputStream body = new PipedOutputStream();
    private final TusFile file;
    private final CompletableFuture<HttpResponse<Void>> answer;
    private int sent;

    /// Announces all from `from` on.
    ///
    /// @param origin of the instance
    public SlowPatch(URI origin, TusFile file, int from) throws IOException {
        this.file = file;
        this.sent = from;
        var in = new PipedInputStream(body, file.bytes().length);
        var request =
                HttpRequest.newBuilder(origin.resolve(file.path()))
                        .method(
                                "PATCH",
                                BodyPublishers.fromPublisher(
                                        BodyPublishers.ofInputStream(() -> in),
                                        file.bytes().length - from));
        file.patchHeaders(from).forEach(request::setHeader);
        this.answer = http.sendAsync(request.build(), BodyHandlers.discarding());
    }

    /// Sends on.
    ///
    /// @param to where it stops in the file
    public void send(int to) throws IOException {
        body.write(file.bytes(), sent, to - sent);
        body.flush();
        sent = to;
    }

    /// Where it stands in the file.
    public int sent() {
        return sent;
    }

    /// Sends the rest.
    public void finish() throws IOException {
        send(file.bytes().length);
        body.close();
    }

    /// What the server says in the end.
    public CompletableFuture<HttpResponse<Void>> answer() {
        return answer;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
