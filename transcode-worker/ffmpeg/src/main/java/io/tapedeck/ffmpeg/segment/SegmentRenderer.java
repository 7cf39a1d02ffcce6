package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Renders neighbouring windows in one or more renditions with one run of ffmpeg, which decodes
/// once and encodes sound once. Thread-safe, keeps no state; the caller bounds how many renderings
/// run at a time.
///
/// What comes of a window, its timestamps and frame counts, does not depend on which neighbours and
/// other renditions are rendered with it.
public final class SegmentRenderer {

    /// Of decoded pictures that ffmpeg may have to keep at a time because they are shown again.
    private static final long MOST_KEPT_BYTES = 512L << 20;

    private final FfmpegInstallation ffmpeg;
    private final TimeLimit timeLimit;
    private final int threads;
    private final int niceness;

    /// For windows that somebody may be waiting for.
    public SegmentRenderer(FfmpegInstallation ffmpeg, TimeLimit timeLimit) {
        this(ffmpeg, timeLimit, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    /// @param threads per decoder, filter and encoder; more than two hardly help a window
    public SegmentRenderer(FfmpegInstallation ffmpeg, TimeLimit timeLimit, int threads) {
        this(ffmpeg, timeLimit, threads, 0);
    }

    private SegmentRenderer(
            FfmpegInstallation ffmpeg, TimeLimit timeLimit, int threads, int niceness) {
        this.ffmpeg = ffmpeg;
        this.timeLimit = timeLimit;
        this.threads = threads;
        this.niceness = niceness;
    }

    /// The same for windows that nobody is waiting for: takes longer, costs less, and stands back
    /// behind others.
    public SegmentRenderer patient() {
        return new SegmentRenderer(ffmpeg, timeLimit, 1, FfmpegLimits.PATIENT);
    }

    /// The same for windows that somebody is waiting for, but not live.
    public SegmentRenderer yielding() {
        return new SegmentRenderer(ffmpeg, timeLimit, threads, FfmpegLimits.YIELDING);
    }

    /// Renders one window in one rendition.
    public RenderedSegment render(WindowInput input, Rendition rendition, Cancellation cancellation)
            throws FfmpegException {
        return render(List.of(input.window()), input, List.of(rendition), cancellation)
                .getFirst()
                .getFirst();
    }

    /// Renders neighbouring windows. Blocks until ffmpeg is gone, whatever happens.
    ///
    /// Timestamps in segments are the session's timeline plus one constant offset. Pictures that
    /// cannot be decoded are missing, and a segment that lacks most of them is refused; sound of
    /// which nothing can be decoded is silence.
    ///
    /// @param windows neighbours of one stretch, in order, at least one
    /// @param input the frames of [Window#joined]
    /// @param renditions at least one with pictures, or the one without
    /// @return of each rendition, in order, its segments in the order of windows
    /// @throws FfmpegException it did not work for at least one of the segments;
    ///   [FfmpegExit#retryable] says whether another try makes sense. When there were several
    ///   windows, trying them one by one does
    public List<List<RenderedSegment>> render(
            List<Window> windows,
            WindowInput input,
            List<Rendition> renditions,
            Cancellation cancellation)
            throws FfmpegException {
        var encoding = encoding(windows, input, renditions, cancellation);
        var job = encoding.job(input);
        if (windows.size() > 1 && keptBytes(job) > MOST_KEPT_BYTES) {
            return renderHalves(windows, input, renditions, cancellation);
        }
        var media = encoding.encode(input, job);
        var plan = job.command().pictures();
        var segments = new ArrayList<List<RenderedSegment>>();
        for (int i = 0; i < renditions.size(); i++) {
            var made = new ArrayList<RenderedSegment>();
            for (var window : windows) {
                int count = plan.map(pictures -> pictures.shownIn(window)).orElse(0);
                var wanted = WantedPictures.of(window, count, input.pictures());
                made.add(segment(window, media.pictures(i, window), wanted, media.sounds(window)));
            }
            segments.add(List.copyOf(made));
        }
        return List.copyOf(segments);
    }

    /// Makes segments of H.264 pictures as they are and of their sound as AAC. Without sound no
    /// ffmpeg is run.
    ///
    /// @param windows neighbours of one stretch that each start at an IDR picture, at least one
    /// @param input the frames of [Window#joined]
    /// @return segments in the order of windows
    /// @throws FfmpegException as above; also when a window has no picture, or when decoding cannot
    ///   start at its first one
    public List<RenderedSegment> passThrough(
            List<Window> windows, WindowInput input, Cancellation cancellation)
            throws FfmpegException {
        var pictures = SourcePictures.of(windows, input);
        var media = new EncodedMedia(List.of(), Collections.emptySortedMap());
        if (input.audio().isPresent()) {
            var sound = encoding(windows, input, List.of(Rendition.audioOnly()), cancellation);
            media = sound.encode(input, sound.job(input));
        }
        var segments = new ArrayList<RenderedSegment>();
        for (int i = 0; i < windows.size(); i++) {
            var window = windows.get(i);
            var own = pictures.get(i);
            var wanted = WantedPictures.of(window, Math.max(own.size(), 1), input.pictures());
            segments.add(segment(window, own, wanted, media.sounds(window)));
        }
        return List.copyOf(segments);
    }

    /// Pictures that are shown again keep those behind them waiting; their number has a limit.
    private List<List<RenderedSegment>> renderHalves(
            List<Window> windows,
            WindowInput input,
            List<Rendition> renditions,
            Cancellation cancellation)
            throws FfmpegException {
        int half = windows.size() / 2;
        var segments = new ArrayList<List<RenderedSegment>>();
        renditions.forEach(_ -> segments.add(new ArrayList<>()));
        for (var some : List.of(windows.subList(0, half), windows.subList(half, windows.size()))) {
            var made = render(some, input.part(Window.joined(some)), renditions, cancellation);
            for (int i = 0; i < renditions.size(); i++) {
                segments.get(i).addAll(made.get(i));
            }
        }
        return segments.stream().map(List::copyOf).toList();
    }

    private static long keptBytes(RenderJob job) {
        var command = job.command();
        long pixels = command.renditions().stream().mapToLong(Rendition::pixels).max().orElse(0);
        long startTicks = command.windows().getFirst().startTicks();
        return command.pictures().map(plan -> plan.keptAtATime(startTicks)).orElse(0)
                * pixels
                * 3
                / 2;
    }

    private Encoding encoding(
            List<Window> windows,
            WindowInput input,
            List<Rendition> renditions,
            Cancellation cancellation) {
        var wall = timeLimit.of(input, renditions.size());
        var limits = FfmpegLimits.forSegments(wall, windows.size(), niceness);
        return new Encoding(
                ffmpeg,
                new FfmpegRunner(ffmpeg, limits),
                threads,
                windows,
                renditions,
                cancellation);
    }

    private static RenderedSegment segment(
            Window window,
            List<AccessUnit> pictures,
            WantedPictures wanted,
            SortedMap<Long, byte[]> sounds)
            throws FfmpegException {
        var lack = lackOfPictures(pictures, wanted.count());
        if (lack.isPresent()) {
            throw FfmpegException.refused(lack.get());
        }
        byte[] bytes = Muxer.segment(SessionClock.of(window), pictures, sounds);
        return new RenderedSegment(
                bytes, SegmentContents.measure(bytes, window, wanted), Sha256.hex(bytes));
    }

    /// Why so few pictures are not worth showing, if they are: a decoder that is lost finds a
    /// picture by chance now and then.
    static Optional<String> lackOfPictures(List<AccessUnit> pictures, int wanted) {
        if (wanted > 0 && pictures.isEmpty()) {
            return Optional.of(Encoding.NO_PICTURE);
        }
        if (!pictures.isEmpty() && !pictures.getFirst().idr()) {
            return Optional.of("it does not start with a keyframe");
        }
        return pictures.size() * 2 < wanted
                ? Optional.of(
                        "only %d of its %d pictures can be decoded"
                                .formatted(pictures.size(), wanted))
                : Optional.empty();
    }
}
