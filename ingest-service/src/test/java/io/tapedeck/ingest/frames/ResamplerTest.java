package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    private static final int SECONDS = 2;

    @ParameterizedTest
    @ValueSource(ints = {50, 440, 1_000, 5_000, 9_000})
    void whatCanBeToldStays(int hertz) {
        short[] out = resample(tone(hertz));
        double error = 0;
        for (int i = 1_000; i < out.length - 1_000; i++) {
            double want = 10_000 * Math.sin(2 * Math.PI * hertz * i / Resampler.HERTZ);
            error = Math.max(error, Math.abs(out[i] - want));
        }
        assertThat(error).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {12_500, 15_000, 19_000, 22_000})
    void whatCannotBeToldGoes(int hertz) {
        short[] out = resample(tone(hertz));
        int loudest = 0;
        for (int i = 1_000; i < out.length - 1_000; i++) {
            loudest = Math.max(loudest, Math.abs(out[i]));
        }
        // 80 dB below 10000.
        assertThat(loudest).isLessThanOrEqualTo(2);
    }

    @Test
    void itIsAsLongAsBefore() {
        assertThat(resample(tone(440))).hasSize(SECONDS * Resampler.HERTZ);
    }

    @Test
    void piecesMakeNoDifference() {
        byte[] pcm = tone(700);
        var random = new Random(3);
        var resampler = new Resampler();
        var out = new ByteArrayOutputStream();
        int from = 0;
        while (from < pcm.length) {
            int to = Math.min(pcm.length, from + 2 * random.nextInt(3_000));
            out.writeBytes(resampler.take(java.util.Arrays.copyOfRange(pcm, from, to)));
            from = to;
        }
        out.writeBytes(resampler.end());
        assertThat(shorts(out.toByteArray())).isEqualTo(resample(pcm));
    }

    private static short[] resample(byte[] pcm) {
        var resampler = new Resampler();
        var out = new ByteArrayOutputStream();
        out.writeBytes(resampler.take(pcm));
        out.writeBytes(resampler.end());
        return shorts(out.toByteArray());
    }

    private static byte[] tone(int hertz) {
        int count = SECONDS * SoundTimes.SAMPLES_PER_SECOND;
        ByteBuffer pcm = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * hertz * i / SoundTimes.SAMPLES_PER_SECOND;
            pcm.putShort((short) Math.round(10_000 * Math.sin(angle)));
        }
        return pcm.array();
    }

    private static short[] shorts(byte[] pcm) {
        var out = new short[pcm.length / 2];
        ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(out);
        return out;
    }
}
