package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapedeck.ingest.camera.FeedException;
import io.tapedeck.ingest.feed.HlsPlaylist.Part;
import io.tapedeck.ingest.feed.HlsPlaylist.Range;
import io.tapedeck.ingest.feed.HlsPlaylist.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Pulls a live playlist: asks for it as often as RFC 8216 §6.3.4 allows, fetches what is new, and
/// begins another run where segments do not go on. For one thread, once.
final class HlsReader implements AutoCloseable {

    static final int LONGEST_PLAYLIST_BYTES = 2 << 20;
    private static final int LONGEST_HEADER_BYTES = 1 << 20;
    private static final int LONGEST_SEGMENT_BYTES = 128 << 20;
    private static final int MOST_MISSING = 3;

    private final CameraHttp.Visit visit;
    private final CopyStarter starter;
    private final RunPace pace = new RunPace();
    private HlsPosition position = HlsPosition.START;
    private @Nullable SegmentReader run;
    private int missing;
    private long newsNanos;
    private long usefulNanos;

    HlsReader(CameraHttp.Visit visit, CopyStarter starter) {
        this.visit = visit;
        this.starter = starter;
    }

    /// @param first what the camera's address answered with, and where
    /// @throws FeedException always: why it ended
    void read(String first, HttpUrl at) throws FeedException, IOException, InterruptedException {
        HlsPlaylist playlist = HlsPlaylist.parse(first);
        HttpUrl url = at;
        if (playlist.isMaster()) {
            Fetched variant = fetchPlaylist(resolve(at, playlist.best().uri()));
            playlist = HlsPlaylist.parse(variant.text());
            url = variant.url();
        }
        if (playlist.isMaster() || playlist.ended()) {
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    playlist.ended()
                            ? "That playlist is over: it is a recording, which can be uploaded, and"
                                    + " no live stream."
                            : "That playlist leads to playlists only.");
        }
        follow(playlist, url);
    }

    private void follow(HlsPlaylist begun, HttpUrl url)
            throws FeedException, IOException, InterruptedException {
        HlsPlaylist playlist = begun;
        long askedNanos = System.nanoTime();
        long dueNanos = askedNanos;
        newsNanos = askedNanos;
        usefulNanos = askedNanos;
        while (true) {
            List<Segment> due =
                    position.due(playlist, Duration.ofNanos(System.nanoTime() - dueNanos));
            for (Segment segment : due) {
                pull(segment, url);
            }
            if (playlist.ended()) {
                endRun();
                throw FeedProblem.ENDED.because("The camera ended its stream.");
            }
            boolean any = !due.isEmpty();
            dueNanos = any ? System.nanoTime() : dueNanos;
            checkSilence(playlist.target());
            pause(askedNanos, any ? playlist.target() : playlist.target().dividedBy(2));
            askedNanos = System.nanoTime();
            playlist = HlsPlaylist.parse(fetchPlaylist(url).text());
        }
    }

    /// Segments that are known to be missing are no news, and those without a picture to begin with
    /// of no use.
    private void checkSilence(Duration target) throws FeedException {
        Patience patience = visit.patience();
        long now = System.nanoTime();
        Duration news = longer(patience.news(), target.multipliedBy(3));
        if (now - newsNanos > news.toNanos()) {
            throw FeedProblem.SILENT.because(
                    "The camera's playlist got nothing new for %d s.".formatted(news.toSeconds()));
        }
        Duration useful = longer(patience.picture(), target.multipliedBy(3));
        if (now - usefulNanos > useful.toNanos()) {
            throw Deadline.silent(useful, "picture to begin with").reason();
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void pause(long askedNanos, Duration between) throws InterruptedException {
        long left = between.toNanos() - (System.nanoTime() - askedNanos);
        Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    }

    private void pull(Segment segment, HttpUrl playlist) throws FeedException, IOException {
        if (!position.continues(segment)) {
            endRun();
        }
        position = position.behind(segment);
        if (segment.gap()) {
            endRun();
            return;
        }
        Optional<Response> found = fetch(segment, playlist);
        if (found.isEmpty()) {
            endRun();
            return;
        }
        try (Response answer = found.get()) {
            var in =
                    visit.patient(
                            new BoundedStream(answer.body().byteStream(), LONGEST_SEGMENT_BYTES),
                            visit.patience().segment(),
                            "whole segment");
            boolean useful = run(segment, playlist).readSegment(in);
            newsNanos = System.nanoTime();
            usefulNanos = useful ? newsNanos : usefulNanos;
        }
    }

    /// Empty when it is gone already: that is a hole, and the next one may be there.
    private Optional<Response> fetch(Segment segment, HttpUrl playlist)
            throws FeedException, IOException {
        try {
            Response answer = visit.get(resolve(playlist, segment.uri()), segment.range());
            missing = 0;
            return Optional.of(answer);
        } catch (FeedException e) {
            if (!e.code().equals("camera-not-understood") || ++missing == MOST_MISSING) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private SegmentReader run(Segment segment, HttpUrl playlist) throws FeedException, IOException {
        if (run == null) {
            pace.begin(System.nanoTime());
            Optional<Part> header = segment.header();
            run =
                    header.isPresent()
                            ? FragmentedReader.start(starter, header(header.get(), playlist))
                            : new TransportStreamReader(starter);
        }
        return run;
    }

    private byte[] header(Part header, HttpUrl playlist) throws FeedException, IOException {
        try (Response answer = visit.get(resolve(playlist, header.uri()), header.range())) {
            return visit.whole(answer.body().byteStream(), LONGEST_HEADER_BYTES, "header");
        }
    }

    private void endRun() throws FeedException {
        if (run != null) {
            SegmentReader ended = run;
            run = null;
            try (ended) {
                ended.finish();
            }
        }
    }

    private record Fetched(String text, HttpUrl url) {}

    private Fetched fetchPlaylist(HttpUrl url) throws FeedException, IOException {
        try (Response answer = visit.get(url, Optional.<Range>empty())) {
            return new Fetched(text(visit, answer.body().byteStream()), answer.request().url());
        }
    }

    /// A playlist's text, and not more than that.
    static String text(CameraHttp.Visit visit, InputStream body) throws IOException {
        return new String(visit.whole(body, LONGEST_PLAYLIST_BYTES, "playlist"), UTF_8);
    }

    private static HttpUrl resolve(HttpUrl playlist, String uri) throws FeedException {
        HttpUrl url = playlist.resolve(uri);
        if (url == null) {
            throw FeedProblem.ADDRESS_REFUSED.because(
                    "The camera's playlist leads to something that is not HTTP.");
        }
        return url;
    }

    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
    }
}
