package io.tapedeck.transcode.plan;

/// How much of a session is kept while it is open.
///
/// @param seconds 0 for everything
/// @param forgottenBelow chunks below this are gone, but for the first one of the run that goes on
///   there
record History(long seconds, long forgottenBelow) {

    static final History NONE = new History(0, 0);

    /// Whether what is old goes while new things come. Such a session is planned once, for its log
    /// is never whole.
    boolean isSliding() {
        return seconds > 0;
    }
}
