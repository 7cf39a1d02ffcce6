package io.tapedeck.e2e.camera;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads [BurntClock] from what a viewer gets.
public final class ClockReader {

    private static final int WIDTH_PIXELS = 320;
    private static final int HEIGHT_PIXELS = 180;

    private ClockReader() {}

    /// The times in all pictures, in the order in which they are shown.
    ///
    /// @param media MPEG-TS or MP4
    /// @throws IllegalArgumentException there is a picture without a time
    public static List<Instant> read(byte[] media) throws IOException {
        Process ffmpeg =
                new ProcessBuilder(
                                "ffmpeg",
                                "-v",
                                "fatal",
                                "-i",
                                "pipe:0",
                                "-fps_mode",
                                "passthrough",
                                "-vf",
                                "scale=%d:%d".formatted(WIDTH_PIXELS, HEIGHT_PIXELS),
                                "-f",
                                "rawvideo",
                                "-pix_fmt",
                                "gray",
                                "pipe:1")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Thread.ofVirtual().start(() -> feed(ffmpeg, media));
        byte[] pictures = ffmpeg.getInputStream().readAllBytes();
        var times = new ArrayList<Instant>();
        int size = WIDTH_PIXELS * HEIGHT_PIXELS;
        for (int from = 0; from + size <= pictures.length; from += size) {
            times.add(time(Arrays.copyOfRange(pictures, from, from + size)));
        }
        return times;
    }

    private static Instant time(byte[] gray) {
        return Instant.ofEpochMilli(
                BurntClock.read(gray, WIDTH_PIXELS, HEIGHT_PIXELS)
                        .orElseThrow(() -> new IllegalArgumentException("a picture has no time")));
    }

    private static void feed(Process ffmpeg, byte[] media) {
        try (OutputStream in = ffmpeg.getOutputStream()) {
            in.write(media);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
