package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.BufferedSource;

/// Reads a camera that is asked over HTTP: what it answers with says what it is.
final class HttpReader implements FeedReader {

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "boundary\\s*=\\s*(?:\"([^\"]*)\"|([^\";\\s]+))", Pattern.CASE_INSENSITIVE);

    private final CameraHttp http;
    private final CopyCommand command;
    private final SoundChoice choice;
    private final HttpUrl url;

    HttpReader(CameraHttp http, CopyCommand command, SoundChoice choice, HttpUrl url) {
        this.http = http;
        this.command = command;
        this.choice = choice;
        this.url = url;
    }

    @Override
    public void read(CameraFeed.Sink sink, Stopping stopping)
            throws FeedException, IOException, InterruptedException {
        CameraHttp.Visit visit = http.visit(url, stopping);
        var starter = new CopyStarter(command, choice, sink, stopping);
        try (Response answer = visit.get(url, Optional.empty())) {
            String type = answer.header("Content-Type", "");
            BufferedSource body = answer.body().source();
            switch (MediaKind.of(type, visit.head(body))) {
                case PICTURES -> pictures(pictureStream(visit, body, "whole picture"), type, sink);
                case PICTURE ->
                        throw notUnderstood(
                                "a single picture. Name the address of its video stream, which is"
                                        + " often called Motion JPEG");
                case TRANSPORT_STREAM ->
                        transportStream(
                                pictureStream(visit, body, "picture to begin with"), starter);
                case PLAYLIST -> {
                    String playlist = HlsReader.text(visit, body.inputStream());
                    try (var hls = new HlsReader(visit, starter)) {
                        hls.read(playlist, answer.request().url());
                    }
                }
                case UNKNOWN ->
                        throw notUnderstood(
                                "\"%s\". Known are Motion JPEG, HLS and MPEG-TS".formatted(type));
            }
        }
    }

    private static PatientStream pictureStream(
            CameraHttp.Visit visit, BufferedSource body, String missing) {
        return visit.patient(body.inputStream(), visit.patience().picture(), missing);
    }

    private static void pictures(PatientStream stream, String type, CameraFeed.Sink sink)
            throws FeedException, IOException, InterruptedException {
        var pictures = new MultipartPictures(stream, boundary(type));
        var run = new MjpegRun(sink);
        try {
            var picture = pictures.next();
            while (picture.isPresent()) {
                if (run.take(picture.get(), System.nanoTime())) {
                    stream.progress();
                }
                picture = pictures.next();
            }
        } finally {
            run.flush();
        }
    }

    private static void transportStream(PatientStream stream, CopyStarter starter)
            throws FeedException, IOException {
        try (var reader = new TransportStreamReader(starter)) {
            reader.read(stream);
        }
    }

    private static String boundary(String type) {
        var matcher = BOUNDARY.matcher(type);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private static FeedException notUnderstood(String what) {
        return FeedProblem.NOT_UNDERSTOOD.because("That address answers with " + what + ".");
    }
}
