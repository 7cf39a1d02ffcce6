package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.stream.StreamParser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Cuts the frames of one window out of the bytes of its [Window.ByteSpan]. A pure function of the
/// two: the same window and bytes give the same frames, on any machine.
public final class WindowReader {

    /// More coded bytes than any sane window has, ten seconds of pictures at 50 Mbit/s; and few
    /// enough that several at a time fit into a worker.
    public static final long DEFAULT_LIMIT_BYTES = 64L << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    private WindowReader() {}

    /// @param span exactly the run's bytes `[fromBytes, toBytes)`; not closed
    /// @param limitBytes of frames held in memory
    /// @throws IOException when `span` fails or ends early
    public static WindowInput read(Window window, InputStream span, long limitBytes)
            throws IOException, MediaException {
        WindowCheckpoint saved = WindowCheckpoint.of(window.source().checkpoint());
        Checkpoint from = saved.checkpoint();
        StreamParser parser = saved.parser(window.source());
        Tracks tracks = parser.tracks().orElseThrow(IllegalArgumentException::new);
        WindowFrames frames =
                new WindowFrames(window, tracks, new FramePlacer(tracks, from.clock()), limitBytes);
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = window.source().toBytes() - window.source().fromBytes();
        while (left > 0) {
            int count = span.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("The bytes of a window end %d early".formatted(left));
            }
            parser.feed(ByteBuffer.wrap(buffer, 0, count), frames);
            left -= count;
        }
        return frames.input();
    }
}
