package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.story.EventDraft;
import java.util.Arrays;

/// A rendered segment of an earlier plan, which goes into another one as it is.
///
/// @param window its window in that plan
/// @param checkpoint of the window; tells all that was before it
record TakenSegment(
        PlannedWindow window,
        PlannedRendition rendition,
        String objectKey,
        String digest,
        long sizeBytes,
        String codecs,
        int frames) {

    /// Whether just the same would come of a window of the other plan: of the same bytes, read by a
    /// parser and clocks that have met the same before.
    boolean fits(PlannedWindow other, PlannedRendition into) {
        Window mine = window.window();
        Window its = other.window();
        return rendition.name().equals(into.name())
                && rendition.widthPixels() == into.widthPixels()
                && rendition.heightPixels() == into.heightPixels()
                && window.stretch() == other.stretch()
                && isSamePlace(mine, its)
                && isSameSource(mine.source(), its.source());
    }

    private static boolean isSamePlace(Window mine, Window its) {
        return mine.cut() == its.cut()
                && mine.index() == its.index()
                && mine.run() == its.run()
                && mine.originTicks() == its.originTicks()
                && mine.startTicks() == its.startTicks()
                && mine.endTicks() == its.endTicks()
                && mine.last() == its.last();
    }

    private static boolean isSameSource(Window.ByteSpan mine, Window.ByteSpan its) {
        return mine.fromBytes() == its.fromBytes()
                && mine.toBytes() == its.toBytes()
                && Arrays.equals(mine.checkpoint(), its.checkpoint());
    }

    /// What the world is told of it as part of another generation.
    ///
    /// @param planned the other plan's window. It says when it was recorded, as its neighbours do
    EventDraft ready(String sessionId, PlannedRendition into, PlannedWindow planned) {
        Window place = window.window();
        return (sequence, at) ->
                new TranscodeEvent.SegmentReady(
                        sessionId,
                        sequence,
                        at,
                        into.name(),
                        into.generation(),
                        place.index(),
                        window.stretch(),
                        place.sessionStartTicks(),
                        place.durationTicks(),
                        objectKey,
                        digest,
                        sizeBytes,
                        codecs,
                        frames,
                        planned.recordedAt());
    }
}
