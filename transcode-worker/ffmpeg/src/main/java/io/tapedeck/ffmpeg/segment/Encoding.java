package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// As many runs of ffmpeg on the same windows as it takes to get what can be had of them.
///
/// Trusts what came out, not the plan: ffmpeg is content with less than it was asked for, and what
/// shares a filter graph fails together.
///
/// @param windows neighbours, in order
/// @param threads per decoder, filter and encoder
record Encoding(
        FfmpegInstallation ffmpeg,
        FfmpegRunner runner,
        int threads,
        List<Window> windows,
        List<Rendition> renditions,
        Cancellation cancellation) {

    static final String NO_PICTURE = "no picture of it can be decoded";

    /// The first run.
    ///
    /// @throws FfmpegException this ffmpeg cannot decode it
    RenderJob job(WindowInput input) throws FfmpegException {
        return RenderJob.of(windows, input, renditions, ffmpeg, threads);
    }

    /// Where sound cannot be decoded, there is silence in what comes of a single window.
    ///
    /// @param job of this input
    /// @throws FfmpegException there is no sound, or for a single window no picture; or ffmpeg
    ///   failed
    EncodedMedia encode(WindowInput input, RenderJob job) throws FfmpegException {
        boolean single = windows.size() == 1;
        var media = single ? runOrPictures(input, job) : run(job);
        boolean silent = input.audio().isPresent() && !media.hasSoundOf(windows);
        if (silent && single && !input.sounds().isEmpty()) {
            media = run(job(silent(input)));
            silent = !media.hasSoundOf(windows);
        }
        if (silent) {
            throw FfmpegException.refused(
                    "its sound gives only %d frames".formatted(media.sounds().size()));
        }
        return media;
    }

    /// @return pictures alone, when all of it failed and it was not for them
    private EncodedMedia runOrPictures(WindowInput input, RenderJob job) throws FfmpegException {
        try {
            return run(job);
        } catch (FfmpegException e) {
            var command = job.command();
            if (command.pictures().isEmpty() || command.sound().isEmpty() || !e.exit().gaveUp()) {
                throw e;
            }
            var media = run(job(withoutSoundTrack(input)));
            if (media.pictures().stream().allMatch(List::isEmpty)) {
                throw FfmpegException.refused(NO_PICTURE);
            }
            return media;
        }
    }

    private EncodedMedia run(RenderJob job) throws FfmpegException {
        var output = new ByteArrayOutputStream(1 << 19);
        try {
            runner.run(
                    job.command().builder(),
                    stdin -> {
                        try (var buffered = new BufferedOutputStream(stdin, 1 << 16)) {
                            job.input().writeTo(buffered);
                        }
                    },
                    stdout -> stdout.transferTo(output),
                    cancellation);
        } catch (IOException e) {
            throw new UncheckedIOException("ffmpeg could not be run", e);
        }
        return EncodedMedia.read(output.toByteArray(), windows.getFirst());
    }

    private static WindowInput silent(WindowInput input) {
        return new WindowInput(
                input.window(), input.video(), input.audio(), input.pictures(), List.of());
    }

    private static WindowInput withoutSoundTrack(WindowInput input) {
        return new WindowInput(
                input.window(), input.video(), Optional.empty(), input.pictures(), List.of());
    }
}
