package io.tapedeck.transcode.contract;

/// What exports make.
public final class ExportFormat {

    /// The best rendition, as an MP4.
    public static final String MP4 = "mp4";

    /// Every picture of a log of frames, 15 a second, as an MP4 without sound.
    public static final String FRAMES_MP4 = "frames-mp4";

    /// Every sample of a log of frames, as a WAV.
    public static final String WAV = "wav";

    private ExportFormat() {}

    /// Whether it is made of the log as it came, and not of what was rendered.
    public static boolean isOfLog(String format) {
        return format.equals(FRAMES_MP4) || format.equals(WAV);
    }

    /// What stands behind the dot of a file's name.
    public static String extension(String format) {
        return format.equals(FRAMES_MP4) ? MP4 : format;
    }

    /// Its media type.
    public static String contentType(String format) {
        return format.equals(WAV) ? "audio/wav" : "video/mp4";
    }
}
