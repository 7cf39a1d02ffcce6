package io.tapedeck.ffmpeg.process;

/// An ffmpeg that was tried and can do all that is needed here.
///
/// @param path what to execute: a path, or a name looked up in `PATH`
/// @param version as it calls itself, e.g. `5.1.9-0+deb12u1`
/// @param av1 whether it can decode AV1, the one codec that builds often lack
public record FfmpegInstallation(String path, String version, boolean av1) {

    /// Tries an ffmpeg: runs it for its version and asks for each decoder, encoder, container and
    /// filter that is needed.
    ///
    /// @param path a path, or a name looked up in `PATH`
    /// @throws FfmpegUnavailableException it does not run or lacks something
    public static FfmpegInstallation locate(String path) throws FfmpegUnavailableException {
        throw new FfmpegUnavailableException("not written yet: " + path);
    }
}
