package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What failures of the network mean for who looks at a camera that is offline.
final class Failures {

    private Failures() {}

    static FeedException reason(IOException failure) {
        return known(failure, 0)
                .orElseGet(() ->
                        switch (failure) {
                            case UnknownHostException _ ->
                                    FeedProblem.UNREACHABLE.because(
                                            "The name in the address is not known. Check its"
                                                    + " spelling.");
                            case ConnectException _, NoRouteToHostException _ ->
                                    FeedProblem.UNREACHABLE.because(
                                            "Nobody answers at that address. Is the camera"
                                                    + " switched on, and the port right?");
                            case SSLException e ->
                                    FeedProblem.UNREACHABLE.because(
                                            "No safe connection: "
                                                    + text(e)
                                                    + ". Cameras with a certificate of their"
                                                    + " own make can be asked over http.");
                            case SocketTimeoutException e -> timeout(e);
                            case EOFException _ ->
                                    FeedProblem.ENDED.because("The camera closed the connection.");
                            case ProtocolException e ->
                                    FeedProblem.NOT_UNDERSTOOD.because(
                                            "What answers there speaks no proper HTTP: " + text(e));
                            default ->
                                    FeedProblem.ENDED.because(
                                            "The connection broke: " + text(failure));
                        });
    }

    private static FeedException timeout(SocketTimeoutException e) {
        return text(e).toLowerCase(Locale.ROOT).contains("connect")
                ? FeedProblem.UNREACHABLE.because(
                        "Nobody answered within %d s. Is the camera switched on?"
                                .formatted(CameraHttp.CONNECT_TIMEOUT.toSeconds()))
                : FeedProblem.SILENT.because(
                        "Nothing came for %d s.".formatted(CameraHttp.SILENCE.toSeconds()));
    }

    /// A refusal may be below, or beside, what failed last.
    private static Optional<FeedException> known(@Nullable Throwable failure, int depth) {
        if (failure == null || depth > 8) {
            return Optional.empty();
        }
        if (failure instanceof FeedIoException known) {
            return Optional.of(known.reason());
        }
        for (Throwable beside : failure.getSuppressed()) {
            Optional<FeedException> found = known(beside, depth + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return known(failure.getCause(), depth + 1);
    }

    /// The end of what a library says, for people.
    private static String text(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        return said.length() > 200 ? said.substring(0, 200) + "…" : said;
    }
}
