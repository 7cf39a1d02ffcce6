package io.tapedeck.transcode.contract;

/// Object keys of what the worker makes.
public final class SegmentKeys {

    /// What all rendered objects of all sessions start with.
    public static final String ROOT = "media/";

    private SegmentKeys() {}

    /// Where a rendered segment lies.
    public static String segment(
            String sessionId, String rendition, int generation, long window, String digest) {
        return "%s%s/%s/%d/%06d-%s.ts"
                .formatted(ROOT, sessionId, rendition, generation, window, digest);
    }

    /// Where one attempt of an export task puts its file.
    public static String export(String sessionId, String taskId, String attempt, String format) {
        return "%s%s/exports/%s-%s.%s".formatted(ROOT, sessionId, taskId, attempt, format);
    }

    /// Where one attempt at converting a run puts what comes out.
    public static String converted(String sessionId, int run, int attempt) {
        return "%s%s/converted/%d-%d.mp4".formatted(ROOT, sessionId, run, attempt);
    }

    /// Where a picture of a session lies.
    ///
    /// @param name what it is, e.g. `poster`
    /// @param digest of its bytes, in hex
    public static String preview(String sessionId, String name, String digest) {
        return "%s%s/previews/%s-%s.jpg".formatted(ROOT, sessionId, name, digest);
    }

    /// Where one attempt at listing the frames of a run puts the list.
    public static String indexed(String sessionId, int run, int attempt) {
        return "%s%s/converted/%d-%d.index".formatted(ROOT, sessionId, run, attempt);
    }

    /// What everything made of one session starts with.
    public static String session(String sessionId) {
        return ROOT + sessionId + "/";
    }
}
