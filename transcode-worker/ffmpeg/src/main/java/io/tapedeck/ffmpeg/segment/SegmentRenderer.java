package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.matroska.MatroskaWriter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.clock.SoundCoding;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Renders windows, each with one run of ffmpeg. Thread-safe, keeps no state; the caller bounds how
/// many renderings run at a time.
public final class SegmentRenderer {

    /// Side of the picture that black is made from when a window has none at all.
    private static final int BLACK_PIXELS = 16;

    private final FfmpegInstallation ffmpeg;
    private final TimeLimit timeLimit;
    private final int threads;

    public SegmentRenderer(FfmpegInstallation ffmpeg, TimeLimit timeLimit) {
        this(ffmpeg, timeLimit, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    /// @param threads per decoder, filter and encoder; more than two hardly help a window
    public SegmentRenderer(FfmpegInstallation ffmpeg, TimeLimit timeLimit, int threads) {
        this.ffmpeg = ffmpeg;
        this.timeLimit = timeLimit;
        this.threads = threads;
    }

    /// Renders one window. Blocks until ffmpeg is gone, whatever happens.
    ///
    /// The segment's timestamps are the session's timeline plus one constant offset. Pictures that
    /// cannot be decoded are missing, and a segment that lacks most of them is refused; sound of
    /// which nothing can be decoded is silence.
    ///
    /// @throws FfmpegException it did not work; [FfmpegExit#retryable] says whether another try
    ///   makes sense
    public RenderedSegment render(WindowInput input, Rendition rendition, Cancellation cancellation)
            throws FfmpegException {
        var runner = new FfmpegRunner(ffmpeg, FfmpegLimits.forSegment(timeLimit.of(input)));
        var job = job(input, rendition);
        byte[] bytes = run(runner, job, cancellation);
        if (!job.command().hasItsSound(TransportStream.read(bytes)) && !input.sounds().isEmpty()) {
            job = job(withoutSounds(input), rendition);
            bytes = run(runner, job, cancellation);
        }
        return measured(bytes, job.command());
    }

    private static byte[] run(FfmpegRunner runner, Job job, Cancellation cancellation)
            throws FfmpegException {
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
        return output.toByteArray();
    }

    private static WindowInput withoutSounds(WindowInput input) {
        return new WindowInput(
                input.window(), input.video(), input.audio(), input.pictures(), List.of());
    }

    /// @param input what to feed
    /// @param command what to run
    record Job(SegmentInput input, SegmentCommand command) {}

    Job job(WindowInput input, Rendition rendition) throws FfmpegException {
        var window = input.window();
        boolean black =
                rendition.hasVideo() && (input.video().isEmpty() || input.pictures().isEmpty());
        Optional<PicturePlan> pictures = Optional.empty();
        Optional<MatroskaWriter.Pictures> header = Optional.empty();
        String decoder = "rawvideo";
        if (black) {
            var picture = new Frame.Picture(window.startTicks(), true, blackPicture());
            header = Optional.of(MatroskaWriter.Pictures.raw(BLACK_PIXELS, BLACK_PIXELS));
            pictures = Optional.of(PicturePlan.of(window, List.of(picture)));
        } else if (rendition.hasVideo()) {
            Track.Video track = input.video().orElseThrow();
            decoder = SegmentCommand.decoderOf(track, ffmpeg);
            header = Optional.of(MatroskaWriter.Pictures.of(track));
            pictures =
                    Optional.of(PicturePlan.of(window, AnnexB.pictures(track, input.pictures())));
        }
        if (decoder.isEmpty()) {
            throw new FfmpegException(
                    new FfmpegExit.RefusedInput("this ffmpeg has no decoder for AV1"));
        }
        var coding = input.audio().map(SoundCoding::of).orElse(SoundCoding.NONE);
        var sound = input.audio().map(_ -> SoundPlan.of(window, input.sounds(), coding));
        var command =
                new SegmentCommand(
                        window, rendition, decoder, pictures, sound, input.audio(), threads);
        return new Job(
                new SegmentInput(
                        SessionClock.of(window),
                        header,
                        input.audio(),
                        pictures.map(PicturePlan::coded).orElse(List.of()),
                        sound.map(plan -> sounds(input.sounds(), plan, coding)).orElse(List.of())),
                command);
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

    private static byte[] blackPicture() {
        int luma = BLACK_PIXELS * BLACK_PIXELS;
        var planes = new byte[luma * 3 / 2];
        Arrays.fill(planes, 0, luma, (byte) 16);
        Arrays.fill(planes, luma, planes.length, (byte) 128);
        return planes;
    }

    /// Trusts the bytes, not the plan: ffmpeg is content with less than it was asked for.
    private static RenderedSegment measured(byte[] bytes, SegmentCommand command)
            throws FfmpegException {
        var contents = TransportStream.read(bytes);
        Optional<String> lack = command.lackOfPictures(contents);
        if (lack.isPresent()) {
            throw new FfmpegException(new FfmpegExit.RefusedInput(lack.get()));
        }
        if (!command.hasItsSound(contents)) {
            throw new FfmpegException(
                    new FfmpegExit.RefusedInput(
                            "its sound gives only %d frames".formatted(contents.soundFrames())));
        }
        return new RenderedSegment(
                bytes, contents.pictures(), contents.codecs(), Sha256.hex(bytes));
    }
}
