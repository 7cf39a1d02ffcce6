package io.tapedeck.ingest.frames;

import io.tapedeck.chassis.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One client's life, in a thread of its own: reads a message, does what it says, reads the next.
final class FramesConnection implements Runnable {

    private static final System.Logger LOG = System.getLogger(FramesConnection.class.getName());

    /// RFC 6455 §7.4.1, and "try again later" of its registry.
    private static final int NORMAL = 1000;

    private static final int POLICY = 1008;
    private static final int LATER = 1013;

    private final FramesPeer peer;
    private final FramesPlayback playback;
    private final MessageReader messages;
    private final FramesRecorder recorder;
    private final FramesPace pace;
    private String clientId;

    FramesConnection(
            FramesPeer peer,
            FramesPlayback playback,
            MessageReader messages,
            FramesRecorder recorder,
            FramesRules rules) {
        this.peer = peer;
        this.playback = playback;
        this.messages = messages;
        this.recorder = recorder;
        this.pace = new FramesPace(rules.messagesPerSecond());
        this.clientId =
                "client-"
                        + Long.toString(
                                RandomGenerator.getDefault().nextLong(36L * 36 * 36 * 36 * 36 * 36),
                                36);
    }

    /// Whether it fills a session.
    boolean fills(String sessionId) {
        return recorder.fills(sessionId);
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (ProblemException e) {
            part(e.kind().code(), e.detail(), POLICY);
        } catch (FramesException e) {
            part(e.code(), e.detail(), LATER);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a frames client is gone: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a frames connection failed", e);
            peer.close(1011, "failed");
        } finally {
            playback.stop();
            recorder.finishAtLast();
        }
    }

    private void serve() throws IOException, FramesException, InterruptedException {
        while (true) {
            FramesPeer.Happening happening = peer.next(recorder.patience());
            switch (happening) {
                case null -> {}
                case FramesPeer.Text text -> {
                    if (!take(text)) {
                        return;
                    }
                }
                case FramesPeer.NotText _ ->
                        tell(
                                FramesError.MESSAGE_NOT_TEXT.because(
                                        "Messages are text, not binary."));
                case FramesPeer.TooLarge _ ->
                        tell(FramesError.MESSAGE_TOO_LARGE.because("The message was not kept."));
                case FramesPeer.PlaybackEnded(boolean broken) -> {
                    if (!recorder.isRecording() && playback.isOver()) {
                        peer.close(broken ? LATER : NORMAL, "playback ended");
                        return;
                    }
                }
                case FramesPeer.Left _ -> {
                    return;
                }
            }
            recorder.look();
        }
    }

    /// @return false when that was all
    private boolean take(FramesPeer.Text text)
            throws IOException, FramesException, InterruptedException {
        Duration wait = pace.count(System.nanoTime());
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
        FramesMessage message;
        try {
            message = messages.read(text.utf8());
        } catch (FramesException e) {
            tell(e);
            return true;
        }
        return take(message, text.arrival());
    }

    private boolean take(FramesMessage message, Arrival arrival)
            throws IOException, FramesException, InterruptedException {
        switch (message) {
            case FramesMessage.Connect(String id) -> {
                if (!id.equals(clientId)) {
                    recorder.finish();
                    clientId = id;
                }
            }
            case FramesMessage.Picture _, FramesMessage.Sound _ ->
                    recorder.take(clientId, message, arrival);
            case FramesMessage.PlaybackRequest(var recording) -> play(recording);
            case FramesMessage.Close _ -> {
                playback.stop();
                recorder.finish();
                peer.close(NORMAL, "closed");
                return false;
            }
        }
        return true;
    }

    private void play(@Nullable String recording) throws IOException, InterruptedException {
        try {
            playback.start(recording, peer);
        } catch (FramesException e) {
            tell(e);
            if (e.code().equals(FramesError.STORE_UNAVAILABLE.code())) {
                peer.post(new FramesPeer.PlaybackEnded(true));
            }
        }
    }

    private void tell(FramesException failure) throws IOException, InterruptedException {
        peer.send(FramesText.error(failure.code(), failure.detail()));
    }

    private void part(String code, String detail, int status) {
        try {
            peer.send(FramesText.error(code, detail));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "not told {0}: {1}", code, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        peer.close(status, code);
    }
}
