package io.tapedeck.ingest.frames;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Turns sound of 44.1 kHz into sound of 24 kHz, both one channel of 16 bit, little-endian: a
/// polyphase filter, because 24000/44100 is 80/147. A windowed sinc (Kaiser's window) lets pass
/// what is below 10 kHz and takes away, by 80 dB, what 24 kHz cannot tell from something else. For
/// one thread at a time.
final class Resampler {

    static final int HERTZ = 24_000;

    private static final int UP = 80;
    private static final int DOWN = 147;
    private static final int TAPS = 128;
    private static final double BETA = 8.5;

    /// In the middle of what is let through and what is not, in parts of the lower rate's half.
    private static final double CUTOFF = 0.92;

    private static final float[][] PHASES = phases();

    private float[] samples = new float[TAPS / 2];

    /// How many samples came before the first of `samples`; negative for the silence in front.
    private long first = -TAPS / 2;

    private long next;

    /// @param pcm whole samples
    /// @return what is complete so far
    byte[] take(byte[] pcm) {
        int before = samples.length;
        samples = Arrays.copyOf(samples, before + pcm.length / 2);
        for (int i = 0; i < pcm.length / 2; i++) {
            samples[before + i] = (short) (pcm[2 * i] & 0xFF | pcm[2 * i + 1] << 8);
        }
        return drain();
    }

    /// What is left at the end.
    byte[] end() {
        samples = Arrays.copyOf(samples, samples.length + TAPS / 2);
        return drain();
    }

    private byte[] drain() {
        var out = new ByteArrayOutputStream();
        while (true) {
            long place = next * DOWN;
            int from = Math.toIntExact(place / UP - TAPS / 2 + 1 - first);
            if (from + TAPS > samples.length) {
                break;
            }
            float[] phase = PHASES[(int) (place % UP)];
            float sum = 0;
            for (int i = 0; i < TAPS; i++) {
                sum += phase[i] * samples[from + i];
            }
            int value = Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
            out.write(value);
            out.write(value >> 8);
            next++;
        }
        int done = Math.toIntExact(next * DOWN / UP - TAPS / 2 + 1 - first);
        int dropped = Math.clamp(done, 0, samples.length);
        samples = Arrays.copyOfRange(samples, dropped, samples.length);
        first += dropped;
        return out.toByteArray();
    }

    /// For each place between two samples the weights of those around it.
    private static float[][] phases() {
        double cutoff = CUTOFF * HERTZ / SoundTimes.SAMPLES_PER_SECOND;
        var phases = new float[UP][TAPS];
        for (int phase = 0; phase < UP; phase++) {
            double sum = 0;
            var weights = new double[TAPS];
            for (int i = 0; i < TAPS; i++) {
                double distance = i - (TAPS / 2 - 1) - (double) phase / UP;
                weights[i] = sinc(cutoff * distance) * kaiser(distance / (TAPS / 2.0));
                sum += weights[i];
            }
            for (int i = 0; i < TAPS; i++) {
                phases[phase][i] = (float) (weights[i] / sum);
            }
        }
        return phases;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /// The modified Bessel function of the first kind and order 0, by its series.
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
