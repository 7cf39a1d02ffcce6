package io.tapedeck.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rendered sound is the source's, at its place, with no click where segments meet.
///
/// @param source one run
/// @param pcm what was rendered of it, from the run's start on
/// @param joints samples of the run at which segments meet
record SoundCheck(String name, Source source, float[] pcm, List<Integer> joints, Notes notes) {

    private static final int BLOCK = 2048;

    /// How far an AAC coder may seem to shift a signal.
    private static final int FEW_SAMPLES = 4;

    private static final int SEARCH_SAMPLES = 480;

    /// About −50 dB: what AAC at its usual rates adds to speech or beeps.
    private static final double AUDIBLE = 0.003;

    void run() {
        float[] expected = new float[pcm.length];
        int first = (int) Math.max(source.soundFirstSample(), 0);
        int before = (int) Math.max(-source.soundFirstSample(), 0);
        int wanted = Math.max(source.pcm().length - before, 0);
        int count = Math.clamp(expected.length - first, 0, wanted);
        System.arraycopy(source.pcm(), before, expected, first, count);
        notes.measure(name + " sound lost at the end, samples", wanted - count);
        notes.require(
                wanted - count < BLOCK,
                "sound missing at the end",
                "%s lacks %d samples".formatted(name, wanted - count));
        offsets(expected);
        joints(expected);
    }

    /// Where the rendered sound is found, second by second.
    private void offsets(float[] expected) {
        int worst = 0;
        int measured = 0;
        for (int at = 48_000; at + 48_000 < expected.length; at += 48_000) {
            if (rms(expected, at, at + 24_000) < 0.01) {
                continue;
            }
            int offset = offset(expected, at, at + 24_000);
            measured++;
            worst = Math.max(worst, Math.abs(offset));
            notes.require(
                    Math.abs(offset) <= FEW_SAMPLES,
                    "sound at the wrong place",
                    "%s at %d by %d samples".formatted(name, at, offset));
        }
        notes.measure(name + " worst sound offset, samples", worst + " in " + measured + " places");
    }

    /// The shift at which the two are most alike; 0 wins over what is hardly better, because a
    /// lasting tone is like itself at many shifts.
    private int offset(float[] expected, int from, int to) {
        int best = 0;
        double bestSum = correlation(expected, from, to, 0) * 1.01;
        for (int shift = -SEARCH_SAMPLES; shift <= SEARCH_SAMPLES; shift++) {
            double sum = correlation(expected, from, to, shift);
            if (sum > bestSum) {
                bestSum = sum;
                best = shift;
            }
        }
        return best;
    }

    /// Likeness of a part to the same part of what was rendered, shifted; loudness aside.
    private double correlation(float[] expected, int from, int to, int shift) {
        double sum = 0;
        double energy = 1e-9;
        for (int i = from; i < to; i++) {
            int at = i + shift;
            if (at >= 0 && at < pcm.length) {
                sum += expected[i] * pcm[at];
                energy += pcm[at] * pcm[at];
            }
        }
        return sum / Math.sqrt(energy);
    }

    /// What was added to the sound around joints, against what was added elsewhere.
    private void joints(float[] expected) {
        float[] added = new float[expected.length];
        for (int i = 0; i < added.length; i++) {
            added[i] = pcm[i] - expected[i];
        }
        var elsewhere = new ArrayList<Double>();
        for (int at = BLOCK; at + BLOCK < added.length; at += BLOCK) {
            int block = at;
            if (joints.stream().noneMatch(joint -> Math.abs(joint - block) < 3 * BLOCK)) {
                elsewhere.add(rms(added, at, at + BLOCK));
            }
        }
        double usual = percentile(elsewhere, 0.99);
        double worst = 0;
        // A decoder lets the last packet fade out instead of cutting it off.
        long end = source.soundFirstSample() + source.pcm().length - BLOCK;
        for (int joint : joints.stream().filter(at -> at < end).toList()) {
            double here = rms(added, joint - BLOCK / 2, joint + BLOCK / 2);
            worst = Math.max(worst, here);
            notes.require(
                    here <= Math.max(2 * usual, AUDIBLE),
                    "click at a joint",
                    "%s at sample %d: error %.5f, usually at most %.5f"
                            .formatted(name, joint, here, usual));
        }
        notes.measure(
                name + " sound error RMS",
                "worst joint %.5f, elsewhere p99 %.5f".formatted(worst, usual));
    }

    private static double percentile(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }

    private static double rms(float[] samples, int from, int to) {
        float[] part =
                Arrays.copyOfRange(samples, Math.max(from, 0), Math.clamp(to, 0, samples.length));
        double sum = 0;
        for (float sample : part) {
            sum += sample * sample;
        }
        return part.length == 0 ? 0 : Math.sqrt(sum / part.length);
    }
}
