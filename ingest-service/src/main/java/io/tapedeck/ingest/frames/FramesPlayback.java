package io.tapedeck.ingest.frames;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Plays recordings to one client, one at a time: in pieces of a fifth of a second, never more than
/// a second ahead of what it can have played, and no faster than it takes them. For one thread at a
/// time.
final class FramesPlayback {

    private static final System.Logger LOG = System.getLogger(FramesPlayback.class.getName());
    private static final int PIECE_BYTES = Resampler.HERTZ / 5 * 2;
    private static final Duration LEAD = Duration.ofSeconds(1);

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final FramesSounds sounds;
    private @Nullable Thread player;

    FramesPlayback(FramesSounds sounds) {
        this.sounds = sounds;
    }

    /// Begins with a recording, instead of what is played now.
    ///
    /// @throws FramesException there is no such recording, and what is played now goes on
    void start(@Nullable String recording, FramesPeer peer) throws FramesException {
        FramesSounds.Source source = sounds.find(recording);
        stop();
        player = Thread.ofVirtual().name("frames-playback").start(() -> play(source, peer));
    }

    /// Whether nothing is played, after one that has told of its end.
    boolean isOver() throws InterruptedException {
        return player == null || player.join(MOMENT);
    }

    /// Returns when nothing is sent any more.
    void stop() {
        Thread playing = player;
        player = null;
        if (playing == null) {
            return;
        }
        playing.interrupt();
        try {
            playing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void play(FramesSounds.Source source, FramesPeer peer) {
        try {
            send(source, peer);
            peer.send(FramesText.close());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "playback ended early: {0}", e.getMessage());
        } catch (InterruptedException e) {
            return;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "playback failed", e);
        }
        peer.post(new FramesPeer.PlaybackEnded());
    }

    private static void send(FramesSounds.Source source, FramesPeer peer)
            throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        long sentBytes = 0;
        var resampler = new Resampler();
        byte[] left = {};
        boolean more = true;
        while (more) {
            byte[] pcm = source.next();
            more = pcm != null;
            byte[] made = pcm == null ? resampler.end() : resampler.take(pcm);
            byte[] joined = Arrays.copyOf(left, left.length + made.length);
            System.arraycopy(made, 0, joined, left.length, made.length);
            int from = 0;
            while (joined.length - from >= PIECE_BYTES || (!more && from < joined.length)) {
                int to = Math.min(joined.length, from + PIECE_BYTES);
                await(begunNanos, sentBytes);
                byte[] piece = Arrays.copyOfRange(joined, from, to);
                peer.send(FramesText.sound(Base64.getEncoder().encodeToString(piece)));
                sentBytes += to - from;
                from = to;
            }
            left = Arrays.copyOfRange(joined, from, joined.length);
        }
    }

    private static void await(long begunNanos, long sentBytes) throws InterruptedException {
        long playedNanos = System.nanoTime() - begunNanos;
        long sentNanos = sentBytes / 2 * 1_000_000_000L / Resampler.HERTZ;
        Duration ahead = Duration.ofNanos(sentNanos - playedNanos).minus(LEAD);
        if (ahead.isPositive()) {
            Thread.sleep(ahead);
        }
    }
}
