package io.tapedeck.transcode.render;

/// Counts what rendering does. Thread-safe.
interface RenderMeter {

    /// @param nanos from reading the window's bytes to the end of ffmpeg
    void rendered(long nanos, int segments);

    void failed();
}
