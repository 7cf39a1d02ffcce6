package io.tapedeck.ingest.frames;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Plays recordings to one client, one at a time. For one thread at a time.
final class FramesPlayback {

    private static final System.Logger LOG = System.getLogger(FramesPlayback.class.getName());
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final FramesSounds sounds;
    private @Nullable Playing playing;

    private record Playing(FramesPlayer player, Thread thread) {}

    FramesPlayback(FramesSounds sounds) {
        this.sounds = sounds;
    }

    /// Begins with a recording, instead of what is played now.
    ///
    /// @throws FramesException there is no such recording, or it cannot be looked for, and what is
    ///   played now goes on
    void start(@Nullable String recording, FramesPeer peer) throws FramesException {
        FramesSounds.Source source = find(recording);
        stop();
        var player = new FramesPlayer(source, peer);
        playing = new Playing(player, Thread.ofVirtual().name("frames-playback").start(player));
    }

    private FramesSounds.Source find(@Nullable String recording) throws FramesException {
        try {
            return sounds.find(recording);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "no recording can be looked for", e);
            throw FramesError.STORE_UNAVAILABLE.because(
                    "Recordings cannot be looked for now. Ask again later.");
        }
    }

    /// Whether nothing is played, after one that has told of its end.
    boolean isOver() throws InterruptedException {
        return playing == null || playing.thread().join(MOMENT);
    }

    /// Returns when nothing is sent any more.
    void stop() {
        Playing ended = playing;
        playing = null;
        if (ended == null) {
            return;
        }
        ended.player().unwanted();
        ended.thread().interrupt();
        try {
            ended.thread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
