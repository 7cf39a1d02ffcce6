package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Short ways through planner and reader for tests.
final class Plans {

    private Plans() {}

    /// All windows of the grid of a run that is not damaged, fed at once.
    static List<Window> of(byte[] run) throws MediaException {
        return of(List.of(run));
    }

    static List<Window> of(List<byte[]> pieces) throws MediaException {
        return of(Cut.GRID, all(pieces));
    }

    static List<Window> of(Cut cut, List<Window> windows) {
        return windows.stream().filter(window -> window.cut() == cut).toList();
    }

    /// All windows, of every cut.
    static List<Window> all(List<byte[]> pieces) throws MediaException {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>();
        for (byte[] piece : pieces) {
            windows.addAll(planner.feed(ByteBuffer.wrap(piece)));
        }
        windows.addAll(planner.end());
        return windows;
    }

    static WindowInput read(Window window, byte[] run) throws MediaException, IOException {
        Window.ByteSpan span = window.source();
        byte[] bytes = Arrays.copyOfRange(run, (int) span.fromBytes(), (int) span.toBytes());
        return WindowReader.read(
                window, new ByteArrayInputStream(bytes), WindowReader.DEFAULT_LIMIT_BYTES);
    }

    /// Windows as text, checkpoint bytes included: records with arrays do not compare.
    static List<String> text(List<Window> windows) {
        return windows.stream().map(Plans::text).toList();
    }

    private static String text(Window w) {
        return "%s %d run %d origin %d [%d, %d) %s %s bytes [%d, %d) %s"
                .formatted(
                        w.cut(),
                        w.index(),
                        w.run(),
                        w.originTicks(),
                        w.startTicks(),
                        w.endTicks(),
                        w.last() ? "last" : "",
                        w.pictures(),
                        w.source().fromBytes(),
                        w.source().toBytes(),
                        HexFormat.of().formatHex(w.source().checkpoint()));
    }
}
