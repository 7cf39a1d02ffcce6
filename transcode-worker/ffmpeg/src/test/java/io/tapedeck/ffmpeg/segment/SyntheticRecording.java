package io.tapedeck.ffmpeg.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes recordings that no browser in the corpus has made, with ffmpeg.
record SyntheticRecording(Path work) {

    /// A tone that rises from 200 Hz, so that no two moments are alike.
    static List<String> sweep(double seconds) {
        return List.of(
                "-f", "lavfi", "-i", "aevalsrc=0.3*sin(2*PI*(200*t+150*t*t)):s=48000:d=" + seconds);
    }

    /// A picture that tells its number.
    static List<String> pictures(String size, int rate, double seconds) {
        return List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=%s:rate=%d:duration=%s".formatted(size, rate, seconds));
    }

    Recording make(String name, List<List<String>> args) throws IOException, InterruptedException {
        return make(name, "matroska", args);
    }

    /// @param container ffmpeg's name of it
    Recording make(String name, String container, List<List<String>> args)
            throws IOException, InterruptedException {
        Path file = work.resolve(name + ".bin");
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        args.forEach(command::addAll);
        command.addAll(List.of("-f", container, file.toString()));
        int status =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("cannot make " + name);
        }
        return new Recording(name, List.of(Files.readAllBytes(file)));
    }
}
