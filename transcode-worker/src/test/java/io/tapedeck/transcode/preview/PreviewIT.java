package io.tapedeck.transcode.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.TranscodeEvent.Checked;
import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Previewed;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finished sessions have pictures of what was recorded.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class PreviewIT {

    private static final String RECORDING = "chr-webm-vp8-480-t250";

    /// Of 255. Coding twice and scaling move values a little; another picture moves them more.
    private static final double SAME_PICTURE = 6;

    @Inject Ingest ingest;
    @Inject World world;
    @Inject ObjectStore objects;

    @TempDir Path folder;

    private final String session = UUID.randomUUID().toString();

    @Test
    void eachTileShowsTheRecordingAtItsTime() throws Exception {
        List<byte[]> chunks = Corpus.chunks(RECORDING);
        ingest.say(ingest.record(session, chunks));

        Previewed told = world.await(session, Previewed.class, p -> p.storyboard() != null);

        BufferedImage poster = read(told.poster());
        assertThat(poster.getWidth()).isEqualTo(told.poster().widthPixels()).isEqualTo(640);
        assertThat(poster.getHeight()).isEqualTo(told.poster().heightPixels()).isEqualTo(480);
        Storyboard storyboard = Objects.requireNonNull(told.storyboard());
        assertThat(storyboard.startTicks()).startsWith(0L, 180_000L, 360_000L);
        assertThat(storyboard.tileWidthPixels()).isEqualTo(160);
        assertThat(storyboard.tileHeightPixels()).isEqualTo(120);
        BufferedImage sheet = read(storyboard.sheets().getFirst());
        assertThat(sheet.getWidth()).isEqualTo(160 * storyboard.columns());
        Path recording = write(chunks);
        for (int tile = 0; tile < storyboard.startTicks().size(); tile++) {
            BufferedImage shown = sheet.getSubimage(tile * 160, 0, 160, 120);
            BufferedImage filmed = frame(recording, storyboard.startTicks().get(tile));
            assertThat(difference(shown, filmed)).as("tile %d", tile).isLessThan(SAME_PICTURE);
        }
    }

    @Test
    void aPosterIsThereWhileItIsRecorded() {
        List<byte[]> chunks = Corpus.chunks(RECORDING);
        ingest.say(ingest.record(session, chunks).subList(0, chunks.size() / 2));

        Previewed told = world.await(session, Previewed.class, _ -> true);

        assertThat(told.storyboard()).isNull();
        assertThat(told.poster().sizeBytes()).isPositive();
    }

    @Test
    void soundAloneHasNone() {
        ingest.say(ingest.record(session, Corpus.chunks("chr-audio-webm-opus-t1000")));

        world.await(session, Checked.class, _ -> true);

        assertThat(world.events(session, Previewed.class)).isEmpty();
    }

    private BufferedImage read(Picture picture) throws IOException {
        try (InputStream in = objects.open(picture.objectKey(), 0, picture.sizeBytes())) {
            return ImageIO.read(in);
        }
    }

    private Path write(List<byte[]> chunks) throws IOException {
        Path file = folder.resolve("recording.webm");
        try (var out = Files.newOutputStream(file)) {
            for (byte[] chunk : chunks) {
                out.write(chunk);
            }
        }
        return file;
    }

    /// The first picture from there on; where there is none, the last one is shown again.
    private BufferedImage frame(Path recording, long ticks) throws Exception {
        double seconds = ticks / 90_000.0;
        Path frame = folder.resolve(ticks + ".png");
        decode(recording, "gte(t\\," + seconds + ")", "1", frame);
        if (Files.notExists(frame)) {
            decode(recording, "lt(t\\," + seconds + ")", "99999", frame);
        }
        return ImageIO.read(frame.toFile());
    }

    /// The last one that is selected stays in the file.
    private static void decode(Path recording, String selected, String most, Path frame)
            throws Exception {
        String filter = "select=%s,scale=160:120:flags=area".formatted(selected);
        Process ffmpeg =
                new ProcessBuilder(
                                "ffmpeg",
                                "-v",
                                "error",
                                "-y",
                                "-i",
                                recording.toString(),
                                "-filter:v",
                                filter,
                                "-frames:v",
                                most,
                                "-fps_mode",
                                "passthrough",
                                "-update",
                                "1",
                                frame.toString())
                        .inheritIO()
                        .start();
        assertThat(ffmpeg.waitFor()).isZero();
    }

    /// Of the mean brightness of blocks, by which pictures are told apart and not their coding.
    private static double difference(BufferedImage one, BufferedImage other) {
        double sum = 0;
        int blocks = 0;
        for (int y = 0; y < one.getHeight(); y += 8) {
            for (int x = 0; x < one.getWidth(); x += 8) {
                sum += Math.abs(brightness(one, x, y) - brightness(other, x, y));
                blocks++;
            }
        }
        return sum / blocks;
    }

    private static double brightness(BufferedImage image, int left, int top) {
        double sum = 0;
        for (int y = top; y < top + 8; y++) {
            for (int x = left; x < left + 8; x++) {
                int rgb = image.getRGB(x, y);
                sum += 0.3 * (rgb >> 16 & 0xFF) + 0.6 * (rgb >> 8 & 0xFF) + 0.1 * (rgb & 0xFF);
            }
        }
        return sum / 64;
    }
}
