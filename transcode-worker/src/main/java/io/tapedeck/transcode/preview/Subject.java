package io.tapedeck.transcode.preview;

import java.util.List;

/// What pictures are to be made of.
///
/// @param wanted tells whether meanwhile there was another reason
/// @param attempts how often they were begun for this reason, this time counted
/// @param complete whether this is all of the session, which a storyboard needs
/// @param small shots in the smallest rendition, by time; none without pictures
/// @param large shots in the best one, by time
record Subject(
        String sessionId, long wanted, int attempts, boolean complete, Shots small, Shots large) {

    /// Of one rendition.
    record Shots(int widthPixels, int heightPixels, List<Shot> shots) {

        static final Shots NONE = new Shots(0, 0, List.of());

        Shots {
            shots = List.copyOf(shots);
        }

        /// The shot that is shown at a time, or the nearest one.
        Shot at(long ticks) {
            Shot found = shots.getFirst();
            for (Shot shot : shots) {
                if (shot.startTicks() <= ticks) {
                    found = shot;
                }
            }
            return found;
        }
    }
}
