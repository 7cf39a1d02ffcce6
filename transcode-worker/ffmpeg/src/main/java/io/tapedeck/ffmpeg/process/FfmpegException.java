package io.tapedeck.ffmpeg.process;

/// A run of ffmpeg that did not finish. Its message is [FfmpegExit#sentence].
public final class FfmpegException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient FfmpegExit exit;

    public FfmpegException(FfmpegExit exit) {
        super(exit.sentence());
        this.exit = exit;
    }

    public FfmpegException(FfmpegExit exit, Throwable cause) {
        super(exit.sentence(), cause);
        this.exit = exit;
    }

    /// What it was given cannot be read, which another run would not change.
    ///
    /// @param why half a sentence
    public static FfmpegException refused(String why) {
        return new FfmpegException(new FfmpegExit.RefusedInput(why));
    }

    public FfmpegExit exit() {
        return exit;
    }
}
