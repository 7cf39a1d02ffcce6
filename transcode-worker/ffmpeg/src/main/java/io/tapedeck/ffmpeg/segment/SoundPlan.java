package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.clock.SoundCoding;
import java.util.ArrayList;
import java.util.List;

/// Which samples the AAC encoder of neighbouring windows gets.
///
/// AAC frame k of a run has the samples `[1024k, 1024k + 1024)`; a window owns the frames whose
/// first sample lies in it. The encoder starts some frames earlier and ends some later, so that the
/// frames of neighbours, encoded by another process, overlap-add without a click; what is not owned
/// is dropped behind it. Where the run has no sound there is silence.
///
/// @param firstFrame first frame owned, in the run
/// @param endFrame first frame not owned
/// @param decodedHertz rate of the decoded samples
/// @param unevenSamples how many of these to leave out at first, so that the next one begins just
///   where a 48 kHz sample does: then resampling gives the same in every window
/// @param decodedFirstSample where the first sample behind these belongs, in the run
/// @param holes of the decoded samples, in order, to be filled with silence
record SoundPlan(
        long firstFrame,
        long endFrame,
        int decodedHertz,
        long unevenSamples,
        long decodedFirstSample,
        List<Hole> holes) {

    static final int FRAME_SAMPLES = 1024;

    /// Frames encoded before and behind the owned ones.
    static final int ROLL_FRAMES = 4;

    /// More than sound has that is to be listened to. What is behind them comes too early.
    private static final int MOST_HOLES = 100;

    /// @param decodedSamples how many samples are decoded before it
    /// @param samples how many are missing, at the decoded rate
    record Hole(long decodedSamples, long samples) {}

    /// @param windows neighbours, in order
    /// @param sounds may be empty: then silence stands in, from the encoder's first sample on
    /// @param coding theirs
    static SoundPlan of(List<Window> windows, List<Frame.Sound> sounds, SoundCoding coding) {
        long firstFrame = windows.getFirst().firstAacFrame();
        long endFrame = windows.getLast().endAacFrame();
        long encodedFirst = (firstFrame - ROLL_FRAMES) * FRAME_SAMPLES;
        long first =
                coding.from48kCeil(
                        sounds.isEmpty() ? encodedFirst : sounds.getFirst().firstSample());
        long uneven = coding.unevenSamples(first);
        return new SoundPlan(
                firstFrame,
                endFrame,
                coding.sampleRateHertz(),
                uneven,
                coding.to48k(first + uneven),
                holes(sounds, coding));
    }

    private static List<Hole> holes(List<Frame.Sound> sounds, SoundCoding coding) {
        var holes = new ArrayList<Hole>();
        long decoded = 0;
        for (int i = 0; i + 1 < sounds.size() && holes.size() < MOST_HOLES; i++) {
            var sound = sounds.get(i);
            long end = coding.from48kCeil(sound.firstSample() + sound.samples());
            long next = coding.from48kCeil(sounds.get(i + 1).firstSample());
            decoded += end - coding.from48kCeil(sound.firstSample());
            if (next > end) {
                holes.add(new Hole(decoded, next - end));
            }
        }
        return List.copyOf(holes);
    }

    long frames() {
        return endFrame - firstFrame;
    }

    /// First sample the encoder gets, in the run; negative near its start.
    long encodedFirstSample() {
        return (firstFrame - ROLL_FRAMES) * FRAME_SAMPLES;
    }

    long encodedSamples() {
        return (frames() + 2 * ROLL_FRAMES) * FRAME_SAMPLES;
    }

    /// Silence to put in front of the decoded samples.
    long leadSamples() {
        return Math.max(0, decodedFirstSample - encodedFirstSample());
    }

    /// Decoded samples to skip: they only warm up the decoder.
    long skipSamples() {
        return Math.max(0, encodedFirstSample() - decodedFirstSample);
    }
}
