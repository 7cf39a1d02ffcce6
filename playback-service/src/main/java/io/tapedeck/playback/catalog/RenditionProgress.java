package io.tapedeck.playback.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far one rendering of one rendition can be listed: its windows 0, 1, 2… without a hole, but
/// for those that are listed no more.
///
/// @param generation from 1; re-rendering starts another
/// @param announcement null while only segments are known and it is still on its way
/// @param listedWindows windows before the first one whose outcome is unknown
/// @param listedSegments how many of them are rendered and still listed; the others are gaps
/// @param listedTicks how long all of them are together, gaps included
/// @param windowCount windows it has when it is whole, null while more may come
/// @param withdrawn whether nobody is to be shown it
/// @param foreseen how far it is known before it is rendered
/// @param settled what is decided of it, not only where it can be listed
/// @param dropped what of it is not listed any more
public record RenditionProgress(
        String name,
        int generation,
        @Nullable Announcement announcement,
        long listedWindows,
        long listedSegments,
        long listedTicks,
        @Nullable Long windowCount,
        boolean withdrawn,
        Foreseen foreseen,
        Settled settled,
        Dropped dropped) {

    /// One that lists all from its first window on.
    public RenditionProgress(
            String name,
            int generation,
            @Nullable Announcement announcement,
            long listedWindows,
            long listedSegments,
            long listedTicks,
            @Nullable Long windowCount,
            boolean withdrawn,
            Foreseen foreseen,
            Settled settled) {
        this(
                name,
                generation,
                announcement,
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                withdrawn,
                foreseen,
                settled,
                Dropped.NOTHING);
    }

    /// The recording as it came, cut at its own pictures.
    private static final String SOURCE = "source";

    static final String GRID = "grid";

    /// What was told of it before anything was rendered.
    ///
    /// @param plan which plan of the timeline its windows belong to, from 1
    /// @param ordered whether somebody asked for it later; all others of a plan belong to it
    public record Announcement(Layout layout, int plan, boolean ordered) {}

    /// What a rendition was announced to be.
    ///
    /// @param widthPixels 0 without pictures
    /// @param heightPixels 0 without pictures
    /// @param targetDurationSeconds upper bound of every segment's rounded duration
    public record Layout(int widthPixels, int heightPixels, int targetDurationSeconds) {

        private static final long SOUND_BITS_PER_SECOND = 150_000;

        /// What the worker's encoder is allowed to spend: 4 bits for each pixel and second, 1
        /// Mbit/s at least, and sound.
        public long encodedBitsPerSecond() {
            long pixels = (long) widthPixels * heightPixels;
            return SOUND_BITS_PER_SECOND + (pixels == 0 ? 0 : Math.max(4 * pixels, 1_000_000));
        }
    }

    /// Nothing known yet.
    public static RenditionProgress unknown(String name, int generation) {
        return new RenditionProgress(
                name, generation, null, 0, 0, 0, null, false, Foreseen.NOTHING, Settled.NONE);
    }

    /// The first announcement counts: what a playlist declares must not change.
    RenditionProgress announced(Announcement told) {
        return announcement != null
                ? this
                : new RenditionProgress(
                        name,
                        generation,
                        told,
                        listedWindows,
                        listedSegments,
                        listedTicks,
                        windowCount,
                        withdrawn,
                        foreseen,
                        settled,
                        dropped);
    }

    /// The first word on its end counts.
    RenditionProgress ending(long windows) {
        return windowCount != null
                ? this
                : new RenditionProgress(
                        name,
                        generation,
                        announcement,
                        listedWindows,
                        listedSegments,
                        listedTicks,
                        windows,
                        withdrawn,
                        foreseen,
                        settled,
                        dropped);
    }

    /// More of it is known.
    RenditionProgress with(Foreseen next) {
        return new RenditionProgress(
                name,
                generation,
                announcement,
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                withdrawn,
                next,
                settled,
                dropped);
    }

    /// One more of its windows is decided.
    RenditionProgress with(Settled next) {
        return new RenditionProgress(
                name,
                generation,
                announcement,
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                withdrawn,
                foreseen,
                next,
                dropped);
    }

    /// Its list begins farther on.
    ///
    /// @param segments rendered windows among those that it lists no more
    RenditionProgress without(Dropped next, long segments) {
        return new RenditionProgress(
                name,
                generation,
                announcement,
                Math.max(listedWindows, next.windows()),
                listedSegments - segments,
                Math.max(listedTicks, next.ticks()),
                windowCount,
                withdrawn,
                foreseen,
                settled,
                next);
    }

    RenditionProgress taken() {
        return new RenditionProgress(
                name,
                generation,
                announcement,
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                true,
                foreseen,
                settled,
                dropped);
    }

    /// Lists on, as far as the windows follow each other.
    ///
    /// @param known outcomes from window `listedWindows` on, ascending
    RenditionProgress advanced(List<WindowOutcome> known) {
        long windows = listedWindows;
        long segments = listedSegments;
        long ticks = listedTicks;
        for (WindowOutcome outcome : known) {
            if (outcome.window() != windows) {
                break;
            }
            windows++;
            segments += outcome instanceof WindowOutcome.Segment ? 1 : 0;
            ticks += outcome.durationTicks();
        }
        return new RenditionProgress(
                name,
                generation,
                announcement,
                windows,
                segments,
                ticks,
                windowCount,
                withdrawn,
                foreseen,
                settled,
                dropped);
    }

    /// Whether all of it is listed and nothing will be added.
    public boolean ended() {
        Long count = windowCount;
        return count != null && listedWindows >= count;
    }

    /// Whether it is listed as it is planned, and not as it is rendered.
    public boolean listedAhead() {
        return foreseen.windows() > 0;
    }

    /// Whether nothing will be added to what it lists ahead.
    public boolean foreseenWhole() {
        Long count = windowCount;
        return count != null && foreseen.windows() >= count;
    }

    /// Whether some of its windows were given up.
    public boolean hasGaps() {
        return settled.windows() > settled.segments();
    }

    /// How much of it can be played now: what is not rendered yet is when somebody wants it.
    public long playableTicks() {
        return listedAhead() ? foreseen.ticks() : listedTicks - dropped.ticks();
    }

    /// Windows it has, as far as anybody knows now.
    public long knownWindows() {
        Long count = windowCount;
        return count != null ? count : Math.max(foreseen.windows(), settled.windows());
    }

    /// The cut of the timeline that its windows are of.
    public String cut() {
        return copied() ? SOURCE : GRID;
    }

    /// As it was announced, null before.
    public @Nullable Layout layout() {
        return announcement == null ? null : announcement.layout();
    }

    /// Whether its pictures are the recorder's own, not encoded again.
    public boolean copied() {
        return name.equals(SOURCE);
    }

    /// Whether it came from a wish and not with its plan.
    boolean ordered() {
        return announcement != null && announcement.ordered();
    }

    /// Whether there is something to play: rendered at its beginning, or anywhere else where what
    /// is missing can be rendered on demand. Pictures that are only copied are there in no time.
    public boolean playable() {
        return announcement != null
                && (listedSegments > 0
                        || listedAhead() && !ended() && (settled.segments() > 0 || copied()));
    }
}
