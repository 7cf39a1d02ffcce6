package io.tapedeck.ffmpeg.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.segment.FirstPicture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PictureMakerIT {

    private static final List<String> COLOURS = List.of("red", "lime", "blue", "white", "black");

    @TempDir private static Path folder;

    private static PictureMaker maker;
    private static List<byte[]> pictures;

    @BeforeAll
    static void encode() throws Exception {
        maker = new PictureMaker(FfmpegInstallation.locate("ffmpeg"));
        pictures = new ArrayList<>();
        for (String colour : COLOURS) {
            Path segment = folder.resolve(colour + ".ts");
            Process ffmpeg =
                    new ProcessBuilder(
                                    "ffmpeg",
                                    "-v",
                                    "error",
                                    "-f",
                                    "lavfi",
                                    "-i",
                                    "color=" + colour + ":s=320x180:r=10:d=1",
                                    "-c:v",
                                    "libx264",
                                    "-bf",
                                    "0",
                                    segment.toString())
                            .inheritIO()
                            .start();
            assertThat(ffmpeg.waitFor()).isZero();
            pictures.add(FirstPicture.of(Files.readAllBytes(segment)).orElseThrow());
        }
    }

    @Test
    void laysPicturesSideBySideInTheirOrder() throws Exception {
        BufferedImage image = read(new Sheet(160, 90, 3, 2), pictures);

        assertThat(image.getWidth()).isEqualTo(480);
        assertThat(image.getHeight()).isEqualTo(180);
        assertColour(image, 80, 45, Color.RED);
        assertColour(image, 240, 45, Color.GREEN);
        assertColour(image, 400, 45, Color.BLUE);
        assertColour(image, 80, 135, Color.WHITE);
        assertColour(image, 240, 135, Color.BLACK);
    }

    @Test
    void scalesASinglePicture() throws Exception {
        BufferedImage image = read(Sheet.single(320, 180, 100), pictures.subList(2, 3));

        assertThat(image.getWidth()).isEqualTo(100);
        assertThat(image.getHeight()).isEqualTo(56);
        assertColour(image, 50, 28, Color.BLUE);
    }

    @Test
    void saysWhenNothingCanBeDecoded() {
        assertThatExceptionOfType(FfmpegException.class)
                .isThrownBy(() -> read(new Sheet(16, 16, 1, 1), List.of(new byte[1000])));
    }

    @Test
    void saysWhenAPictureCannotBeRead() {
        PictureMaker.Coded gone =
                () -> {
                    throw new FileNotFoundException("gone");
                };

        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() ->
                        maker.sheet(
                                List.of(() -> pictures.getFirst(), gone),
                                new Sheet(16, 16, 2, 1),
                                Cancellation.never()));
    }

    private static BufferedImage read(Sheet sheet, List<byte[]> coded) throws Exception {
        List<PictureMaker.Coded> read = new ArrayList<>();
        coded.forEach(picture -> read.add(() -> picture));
        byte[] jpeg = maker.sheet(read, sheet, Cancellation.never());
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static void assertColour(BufferedImage image, int x, int y, Color expected) {
        var found = new Color(image.getRGB(x, y));
        assertThat(Math.abs(found.getRed() - expected.getRed())).as("%s", found).isLessThan(12);
        assertThat(Math.abs(found.getGreen() - expected.getGreen())).as("%s", found).isLessThan(12);
        assertThat(Math.abs(found.getBlue() - expected.getBlue())).as("%s", found).isLessThan(12);
    }
}
