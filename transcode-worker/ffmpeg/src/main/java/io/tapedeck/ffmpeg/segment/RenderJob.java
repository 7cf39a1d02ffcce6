package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.matroska.MatroskaWriter;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.clock.SoundCoding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One run of ffmpeg: what to feed and what to ask for.
///
/// @param input what to feed
/// @param command what to run
record RenderJob(SegmentInput input, SegmentCommand command) {

    /// What a window sounds like in which a run's sound has a hole.
    private static final Track.Audio SILENT =
            new Track.Audio(2, Track.AudioCodec.OPUS, 1, new byte[0]);

    /// Side of the picture that black is made from when there is none at all.
    private static final int BLACK_PIXELS = 16;

    /// @param renditions with pictures, or the one without
    /// @throws FfmpegException this ffmpeg cannot decode it
    static RenderJob of(
            List<Window> windows,
            WindowInput input,
            List<Rendition> renditions,
            FfmpegInstallation ffmpeg,
            int threads)
            throws FfmpegException {
        var pictured = renditions.stream().filter(Rendition::hasVideo).toList();
        boolean black = input.video().isEmpty() || input.pictures().isEmpty();
        Optional<MatroskaWriter.Pictures> header = Optional.empty();
        Optional<PicturePlan> pictures = Optional.empty();
        String decoder = "rawvideo";
        if (!pictured.isEmpty() && black) {
            header = Optional.of(MatroskaWriter.Pictures.raw(BLACK_PIXELS, BLACK_PIXELS));
            pictures = Optional.of(PicturePlan.of(windows, blackPictures(windows)));
        } else if (!pictured.isEmpty()) {
            Track.Video seen = input.video().orElseThrow();
            decoder = SegmentCommand.decoderOf(seen, ffmpeg);
            header = Optional.of(MatroskaWriter.Pictures.of(seen));
            pictures =
                    Optional.of(
                            PicturePlan.of(windows, AnnexB.pictures(seen, input.pictures()))
                                    .shownAs(ffmpeg.possible(seen.display())));
        }
        if (decoder.isEmpty()) {
            throw FfmpegException.refused("this ffmpeg has no decoder for AV1");
        }
        var track = input.sounds().isEmpty() ? input.audio().map(_ -> SILENT) : input.audio();
        var coding = track.map(SoundCoding::of).orElse(SoundCoding.NONE);
        var sound = track.map(_ -> SoundPlan.of(windows, input.sounds(), coding));
        return new RenderJob(
                new SegmentInput(
                        SessionClock.of(windows.getFirst()),
                        header,
                        track,
                        pictures.map(PicturePlan::coded).orElse(List.of()),
                        sound.map(plan -> sounds(input.sounds(), plan, coding)).orElse(List.of())),
                new SegmentCommand(windows, pictured, decoder, pictures, sound, track, threads));
    }

    /// Sound to decode: a packet of silence for a run whose sound is not there now.
    private static List<Frame.Sound> sounds(
            List<Frame.Sound> sounds, SoundPlan plan, SoundCoding coding) {
        return sounds.isEmpty()
                ? List.of(
                        new Frame.Sound(
                                plan.encodedFirstSample(),
                                coding.silenceSamples(),
                                coding.silence()))
                : sounds;
    }

    private static List<Frame.Picture> blackPictures(List<Window> windows) {
        int luma = BLACK_PIXELS * BLACK_PIXELS;
        var planes = new byte[luma * 3 / 2];
        Arrays.fill(planes, 0, luma, (byte) 16);
        Arrays.fill(planes, luma, planes.length, (byte) 128);
        return windows.stream()
                .map(window -> new Frame.Picture(window.startTicks(), true, planes))
                .toList();
    }
}
