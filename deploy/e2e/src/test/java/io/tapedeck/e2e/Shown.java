package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a player without any knowledge of us sees and hears in segments: decoded by `ffmpeg`.
record Shown(Path segments) {

    private static final int SIDE = 32;
    private static final int PICTURE_BYTES = SIDE * SIDE * 3;

    /// A colour by what there is most of.
    enum Colour {
        RED,
        GREEN,
        BLUE,
        NONE
    }

    /// All pictures, small.
    List<byte[]> pictures() throws IOException, InterruptedException {
        byte[] all = ffmpeg("-vf", "scale=%d:%d".formatted(SIDE, SIDE), "-pix_fmt", "rgb24", "-an");
        List<byte[]> pictures = new ArrayList<>();
        for (int at = 0; at + PICTURE_BYTES <= all.length; at += PICTURE_BYTES) {
            pictures.add(Arrays.copyOfRange(all, at, at + PICTURE_BYTES));
        }
        return pictures;
    }

    /// What the middle of a quarter of a picture looks like.
    static Colour colour(byte[] picture, boolean right, boolean bottom) {
        int x = right ? SIDE * 3 / 4 : SIDE / 4;
        int y = bottom ? SIDE * 3 / 4 : SIDE / 4;
        int at = (y * SIDE + x) * 3;
        int[] rgb = {picture[at] & 0xFF, picture[at + 1] & 0xFF, picture[at + 2] & 0xFF};
        for (int i = 0; i < 3; i++) {
            if (rgb[i] > 80 && rgb[i] > 2 * rgb[(i + 1) % 3] && rgb[i] > 2 * rgb[(i + 2) % 3]) {
                return Colour.values()[i];
            }
        }
        return Colour.NONE;
    }

    /// How loud it is, of 32767.
    double loudness() throws IOException, InterruptedException {
        byte[] all = ffmpeg("-vn", "-ac", "1", "-ar", "16000", "-f", "s16le");
        var samples = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        double sum = 0;
        for (int i = 0; i < samples.limit(); i++) {
            sum += (double) samples.get(i) * samples.get(i);
        }
        return samples.limit() == 0 ? 0 : Math.sqrt(sum / samples.limit());
    }

    private byte[] ffmpeg(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("ffmpeg", "-v", "error", "-nostdin", "-i", segments.toString()));
        command.addAll(List.of(arguments));
        if (!command.contains("-f")) {
            command.addAll(List.of("-f", "rawvideo"));
        }
        command.add("pipe:1");
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] all = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as("%s", segments).isZero();
        return all;
    }
}
