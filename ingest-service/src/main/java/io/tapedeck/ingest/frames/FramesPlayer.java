package io.tapedeck.ingest.frames;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Plays one recording to one client, on a thread of its own: in pieces of a fifth of a second,
/// never more than a second ahead of what it can have played, and no faster than it takes them. The
/// client is told how it ended: by a CLOSE, or by an ERROR when the recording cannot be read on.
final class FramesPlayer implements Runnable {

    private static final System.Logger LOG = System.getLogger(FramesPlayer.class.getName());
    private static final int PIECE_BYTES = Resampler.HERTZ / 5 * 2;
    private static final Duration LEAD = Duration.ofSeconds(1);

    private final FramesSounds.Source source;
    private final FramesPeer peer;
    private volatile boolean unwanted;

    FramesPlayer(FramesSounds.Source source, FramesPeer peer) {
        this.source = source;
        this.peer = peer;
    }

    /// Whoever interrupts it says so first: what is interrupted while it reads may seem to fail.
    void unwanted() {
        unwanted = true;
    }

    @Override
    public void run() {
        boolean broken = false;
        try {
            play();
            peer.send(FramesText.close());
        } catch (FramesException e) {
            broken = true;
            tell(e);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "playback ended early: {0}", e.getMessage());
        } catch (InterruptedException e) {
            return;
        } catch (RuntimeException e) {
            broken = true;
            LOG.log(System.Logger.Level.WARNING, "playback failed", e);
        }
        peer.post(new FramesPeer.PlaybackEnded(broken));
    }

    private void tell(FramesException failure) {
        try {
            peer.send(FramesText.error(failure.code(), failure.detail()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "not told {0}: {1}", failure.code(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play() throws IOException, FramesException, InterruptedException {
        long begunNanos = System.nanoTime();
        long sentBytes = 0;
        var resampler = new Resampler();
        byte[] left = {};
        boolean more = true;
        while (more) {
            byte[] pcm = next();
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

    /// The store, the database, or what is in the log may fail.
    private byte @Nullable [] next() throws FramesException, InterruptedException {
        try {
            return source.next();
        } catch (IOException | RuntimeException e) {
            if (unwanted) {
                throw new InterruptedException();
            }
            LOG.log(System.Logger.Level.WARNING, "playback broke off", e);
            throw FramesError.STORE_UNAVAILABLE.because(
                    "The rest of the recording cannot be read now. Ask for it again later.");
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
