package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.io.IOException;
import java.io.InputStream;

/// Cuts the frames of one window out of the bytes of its [Window.ByteSpan].
public final class WindowReader {

    /// More coded bytes than any sane window has: half a minute of pictures at 60 Mbit/s.
    public static final long DEFAULT_LIMIT_BYTES = 256L << 20;

    private WindowReader() {}

    /// @param span exactly the run's bytes `[fromBytes, toBytes)`; not closed
    /// @param limitBytes of frames held in memory
    /// @throws IOException when `span` fails or ends early
    public static WindowInput read(Window window, InputStream span, long limitBytes)
            throws IOException, MediaException {
        throw new UnsupportedOperationException();
    }
}
