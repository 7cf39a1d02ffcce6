package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.timeline.WindowInput;

/// Renders windows, each with one run of ffmpeg. Thread-safe, keeps no state; the caller bounds how
/// many renderings run at a time.
public final class SegmentRenderer {

    private final FfmpegInstallation ffmpeg;
    private final FfmpegLimits limits;

    public SegmentRenderer(FfmpegInstallation ffmpeg, FfmpegLimits limits) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
    }

    /// Renders one window. Blocks until ffmpeg is gone, whatever happens.
    ///
    /// The segment's timestamps are the session's timeline plus one constant offset.
    ///
    /// @throws FfmpegException it did not work; [io.tapedeck.ffmpeg.process.FfmpegExit#retryable]
    ///   says whether another try makes sense
    public RenderedSegment render(WindowInput input, Rendition rendition, Cancellation cancellation)
            throws FfmpegException {
        throw new UnsupportedOperationException(ffmpeg + " " + limits + input + rendition);
    }
}
