package io.tapedeck.ffmpeg.process;

/// There is no usable ffmpeg. The message is one sentence that says why and what to do.
public final class FfmpegUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public FfmpegUnavailableException(String message) {
        super(message);
    }
}
