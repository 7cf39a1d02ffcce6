package io.tapedeck.ingest.camera;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// A camera as somebody wants it, checked.
///
/// @param name what people call it
/// @param segmentSeconds how long its segments are
/// @param historySeconds how far back it can be watched; 0 keeps everything
record CameraWish(String name, CameraUrl url, int segmentSeconds, long historySeconds) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_URL = 2000;
    private static final int SEGMENT_SECONDS = 2;
    private static final int MOST_SEGMENT_SECONDS = 10;
    private static final long HISTORY_SECONDS = 86_400;
    private static final long LEAST_HISTORY_SECONDS = 30;

    /// In a playlist, which every viewer reads again and again: some five megabytes.
    private static final long MOST_SEGMENTS = 100_000;

    /// Checks all but where the address leads.
    ///
    /// @throws ProblemException what to write instead
    static CameraWish of(
            @Nullable String name,
            @Nullable String url,
            @Nullable Integer segmentSeconds,
            @Nullable Long historySeconds) {
        int segments = segmentSeconds == null ? SEGMENT_SECONDS : segmentSeconds;
        if (segments < 1 || segments > MOST_SEGMENT_SECONDS) {
            throw invalid("segmentSeconds", "Choose from 1 to %d.".formatted(MOST_SEGMENT_SECONDS));
        }
        long history = historySeconds == null ? HISTORY_SECONDS : historySeconds;
        long most = MOST_SEGMENTS * segments;
        if (history != 0 && (history < LEAST_HISTORY_SECONDS || history > most)) {
            throw invalid(
                    "historySeconds",
                    "With segments of %d s choose from %d to %d, or 0 to keep everything."
                            .formatted(segments, LEAST_HISTORY_SECONDS, most));
        }
        return new CameraWish(name(name), url(url), segments, history);
    }

    private static String name(@Nullable String wish) {
        String name = wish == null ? "" : wish.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw invalid("name", "Give it a name of 1 to %d characters.".formatted(LONGEST_NAME));
        }
        return name;
    }

    private static CameraUrl url(@Nullable String wish) {
        String text = wish == null ? "" : wish.strip();
        if (text.isEmpty() || text.length() > LONGEST_URL) {
            throw invalid(
                    "url",
                    "Say where the camera is, in at most %d characters.".formatted(LONGEST_URL));
        }
        CameraUrl url;
        try {
            url = CameraUrl.parse(text);
        } catch (URISyntaxException e) {
            throw invalid(
                    "url",
                    "It is no address (%s). Write what is special in a password as %%40 and the like."
                            .formatted(e.getReason()));
        }
        if (!url.isPulled()) {
            throw new ProblemException(
                    IngestProblem.CAMERA_ADDRESS_REFUSED,
                    "Addresses of cameras begin with http://, https:// or rtsp://.");
        }
        if (!url.hasHost() || url.secret().getFragment() != null) {
            throw invalid("url", "Write it as http://host:port/path.");
        }
        return url;
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(IngestProblem.CAMERA_INVALID, detail).with("field", field);
    }
}
