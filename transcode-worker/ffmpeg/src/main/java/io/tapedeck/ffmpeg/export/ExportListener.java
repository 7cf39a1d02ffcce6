package io.tapedeck.ffmpeg.export;

/// Is told how far an export is, some times a second, by the thread that exports.
@FunctionalInterface
public interface ExportListener {

    /// @param progress 0 to 1, never falling
    void progressed(double progress);
}
