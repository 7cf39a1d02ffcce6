package io.tapedeck.transcode.check;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is known of a segment. Times are ticks of the session's timeline.
///
/// @param stretch unbroken part of the timeline; another one starts a discontinuity
/// @param endTicks exclusive
/// @param plannedPictures of the source that are at home in its window, as the planner counted
///   them; empty where it did not
/// @param made null where it could not be rendered
/// @param reason why not
record SegmentFacts(
        long window,
        int stretch,
        long startTicks,
        long endTicks,
        OptionalLong plannedPictures,
        @Nullable Made made,
        @Nullable String reason) {

    /// A rendered one.
    ///
    /// @param objectKey in the store
    /// @param sizeBytes as its row says
    /// @param storedBytes as the store says; empty when it is not there
    /// @param codecs RFC 6381
    /// @param contents null where nobody measured them
    record Made(
            String objectKey,
            long sizeBytes,
            OptionalLong storedBytes,
            String codecs,
            @Nullable Contents contents) {

        Made with(OptionalLong stored) {
            return new Made(objectKey, sizeBytes, stored, codecs, contents);
        }
    }

    /// What was measured from its bytes.
    ///
    /// @param pictures coded in it
    /// @param wantedPictures how many it was to have: the source's own and those shown again
    /// @param sourcePictures of the coded ones, those that are where one of the source's own is to
    ///   be; empty where nobody measured it
    /// @param soundFrames AAC frames
    record Contents(
            int pictures,
            int wantedPictures,
            OptionalLong sourcePictures,
            OptionalLong firstPictureTicks,
            OptionalLong lastPictureTicks,
            int soundFrames,
            OptionalLong firstSoundTicks) {}

    SegmentFacts with(Made other) {
        return new SegmentFacts(
                window, stretch, startTicks, endTicks, plannedPictures, other, reason);
    }

    boolean isRendered() {
        return made != null;
    }

    @Nullable Contents contents() {
        return made == null ? null : made.contents();
    }
}
