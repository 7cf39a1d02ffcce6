package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.matroska.JpegSize;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesRunTest {

    private static final long MILLI = 1_000_000;

    @Test
    void soundComesBackAsItWasWhateverThePieces() {
        var random = new Random(7);
        var run = new FramesRun(Optional.of(new JpegSize(64, 48)), true, 0);
        var sent = new ByteArrayOutputStream();
        var heard = new ByteArrayOutputStream();
        for (int second = 0; second < 5; second++) {
            var batch = new FramesBatch(second * 1000 * MILLI);
            for (int piece = 0; piece < 20; piece++) {
                byte[] pcm = new byte[2 * random.nextInt(4_000)];
                random.nextBytes(pcm);
                sent.writeBytes(pcm);
                batch.add(new FramesMessage.Sound(pcm), at(second * 1000 + piece * 50));
                batch.add(Pictures.message(piece), at(second * 1000 + piece * 50));
            }
            heard.writeBytes(LoggedSound.of(run.write(batch, false)));
        }
        heard.writeBytes(LoggedSound.of(run.write(new FramesBatch(0), true)));
        assertThat(heard.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void aGapLosesNoSample() {
        var run = new FramesRun(Optional.empty(), true, 0);
        var sent = new ByteArrayOutputStream();
        var heard = new ByteArrayOutputStream();
        for (int at : new int[] {0, 60, 5_000}) {
            byte[] pcm = new byte[5_002];
            java.util.Arrays.fill(pcm, (byte) (at / 20));
            sent.writeBytes(pcm);
            var batch = new FramesBatch(at * MILLI);
            batch.add(new FramesMessage.Sound(pcm), at(at));
            heard.writeBytes(LoggedSound.of(run.write(batch, at == 5_000)));
        }
        assertThat(heard.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void theHeaderComesOnceAndNothingIsNothing() {
        var run = new FramesRun(Optional.of(new JpegSize(64, 48)), false, 0);
        var batch = new FramesBatch(0);
        batch.add(Pictures.message(1), at(0));
        byte[] first = run.write(batch, false);
        assertThat(first).startsWith(0x1A, 0x45, 0xDF, 0xA3);
        assertThat(run.write(batch, false)).startsWith(0x1F, 0x43, 0xB6, 0x75);
        assertThat(run.write(new FramesBatch(0), true)).isEmpty();
    }

    @Test
    void takesOnlyWhatItsHeaderHas() {
        var run = new FramesRun(Optional.empty(), true, 0);
        assertThat(run.takes(Pictures.message(1))).isFalse();
        assertThat(run.takes(new FramesMessage.Sound(new byte[2]))).isTrue();
    }

    private static Arrival at(long millis) {
        return Arrival.at(millis * MILLI);
    }
}
