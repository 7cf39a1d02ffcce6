package io.tapedeck.transcode.render;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.story.Queue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a job has taken on, and everything that its rendering depends on.
///
/// @param lead the job's window
/// @param queue that the job came from
/// @param windows neighbours in one stretch, in order, at least one
/// @param stretch unbroken stretch of the timeline that they belong to
/// @param recordedAt when the beginning of the first one was recorded; null if unknown
/// @param targets what each of them is to be rendered as, at least one
/// @param attempts how often the most tried of them was begun, this time counted
/// @param more whether the job has taken other windows before, which are to be done next
/// @param chunks where the windows' bytes lie, in order
record Claim(
        WindowId lead,
        Queue queue,
        List<Window> windows,
        int stretch,
        @Nullable Instant recordedAt,
        List<Target> targets,
        int attempts,
        boolean more,
        List<ChunkSlice.Placed> chunks) {

    /// The segments to be made: of each target all windows, in order.
    List<SegmentId> segments() {
        var all = new ArrayList<SegmentId>();
        for (Target target : targets) {
            for (Window window : windows) {
                all.add(target.segment(lead.sessionId(), window.index()));
            }
        }
        return all;
    }

    /// When the beginning of one of its windows was recorded; null if unknown.
    @Nullable Instant recordedAt(Window window) {
        if (recordedAt == null) {
            return null;
        }
        long ticks = window.startTicks() - windows.getFirst().startTicks();
        return recordedAt.plus(Ticks.toDuration(ticks)).truncatedTo(ChronoUnit.MICROS);
    }

    /// Whether all bytes of its windows are still kept. Of what is older than a session's history
    /// they are not, when somebody comes so late to it.
    boolean isKept() {
        return windows.stream()
                .map(Window::source)
                .allMatch(span -> ChunkSlice.cover(chunks, span.fromBytes(), span.toBytes()));
    }

    /// Where a span of the run's bytes lies.
    ///
    /// @throws IllegalStateException not all of it is known
    List<ChunkSlice> slices(Window.ByteSpan span) {
        return ChunkSlice.cut(chunks, span.fromBytes(), span.toBytes());
    }
}
