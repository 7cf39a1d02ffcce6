package io.tapedeck.transcode.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.preview.PictureMaker;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures as they came are of any size, and a worker's memory is not.
class LargePicturesIT {

    private static final int SHOTS = 100;
    private static final int SHOT_BYTES = 3 << 20;

    @TempDir Path folder;

    /// All of them together are three times as much as there is.
    @Test
    void aStoryboardOfThemNeedsLittleMemory() throws Exception {
        Path segment = folder.resolve("segment.ts");
        run(encoder(segment));
        assertThat(Files.size(segment)).isBetween(SHOT_BYTES * 9L / 10, SHOT_BYTES * 11L / 10);

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        String worker = LargePicturesIT.class.getName();
        run(List.of(java, "-Xmx96m", "-cp", classes, worker, segment.toString()));
    }

    /// One keyframe, filled up to its size.
    private static List<String> encoder(Path segment) {
        String rate = Integer.toString(SHOT_BYTES * 8);
        return List.of(
                "ffmpeg -v error -f lavfi -i testsrc2=s=320x180:r=1:d=1 -c:v libx264 -b:v %1$s"
                        .formatted(rate)
                        .concat(" -minrate %1$s -maxrate %1$s -bufsize %1$s".formatted(rate))
                        .concat(" -x264-params nal-hrd=cbr:filler=1 " + segment)
                        .split(" "));
    }

    private void run(List<String> command) throws Exception {
        Path log = folder.resolve("log.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /// A worker that makes the pictures of a session whose segments are all like this one.
    public static void main(String[] arguments) throws Exception {
        byte[] segment = Files.readAllBytes(Path.of(arguments[0]));
        List<Shot> shots =
                LongStream.range(0, SHOTS)
                        .mapToObj(i -> new Shot(i, i, i + 1, "key" + i, segment.length))
                        .toList();
        var source = new Subject.Shots(320, 180, shots);
        Previewer.Previews made =
                new Previewer(
                                new Subject("session", 1, 1, true, source, source),
                                store(segment),
                                new PictureMaker(FfmpegInstallation.locate("ffmpeg")),
                                Cancellation.never())
                        .make();
        System.exit(made.storyboard() != null ? 0 : 1);
    }

    private static ObjectStore store(byte[] segment) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (_, method, _) ->
                                method.getName().equals("open")
                                        ? new ByteArrayInputStream(segment)
                                        : null);
    }
}
