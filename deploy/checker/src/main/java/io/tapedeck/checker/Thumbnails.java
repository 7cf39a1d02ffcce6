package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pictures made tiny and grey, to tell which is which.
final class Thumbnails {

    static final int WIDTH = 64;
    static final int HEIGHT = 36;

    private Thumbnails() {}

    /// One thumbnail per picture, after scaling and padding it as a rendition does.
    ///
    /// @param widthPixels of the rendition
    static List<byte[]> of(MediaTools tools, Path file, int widthPixels, int heightPixels)
            throws IOException {
        // Ranges are named on both sides, so that nothing is converted: recorders mislabel them.
        // Only
        // a decoder that knows it from the pictures themselves is believed.
        boolean full = tools.entry(file, "v:0", "stream=pix_fmt").startsWith("yuvj");
        String filter =
                "scale=%1$d:%2$d:force_original_aspect_ratio=decrease:force_divisible_by=2"
                        + (full ? ":in_range=pc:out_color_matrix=bt601" : ":in_range=tv")
                        + ":out_range=tv,pad=%1$d:%2$d:-1:-1:eval=frame"
                        + ",format=yuv420p,extractplanes=y"
                        + ",scale=%3$d:%4$d:flags=area:in_range=pc:out_range=pc,format=gray";
        var result =
                tools.run(
                        List.of(
                                tools.ffmpeg(),
                                "-v",
                                "error",
                                "-reinit_filter",
                                "0",
                                "-i",
                                file.toString(),
                                "-map",
                                "0:v:0",
                                "-vf",
                                filter.formatted(widthPixels, heightPixels, WIDTH, HEIGHT),
                                "-fps_mode",
                                "passthrough",
                                "-f",
                                "rawvideo",
                                "pipe:1"));
        byte[] all = Files.readAllBytes(result.output());
        int size = WIDTH * HEIGHT;
        var thumbnails = new ArrayList<byte[]>();
        for (int at = 0; at + size <= all.length; at += size) {
            thumbnails.add(Arrays.copyOfRange(all, at, at + size));
        }
        return thumbnails;
    }

    /// Mean absolute difference of two thumbnails, 0 to 255.
    static double difference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return (double) sum / a.length;
    }

    static boolean isBlack(byte[] thumbnail) {
        for (byte pixel : thumbnail) {
            if ((pixel & 0xFF) > 24) {
                return false;
            }
        }
        return true;
    }
}
