package io.tapedeck.ingest.frames;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.matroska.JpegSize;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Turns one connection's pictures and sound into chunks of a session: opens it with the first,
/// adds a chunk each second, and completes it. What is not yet in a chunk is lost with the process,
/// and nothing else is.
///
/// For one thread at a time, but for [#fills].
final class FramesRecorder {

    private static final System.Logger LOG = System.getLogger(FramesRecorder.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final FramesLog log;
    private final FramesMemory memory;
    private final FramesRules rules;
    private final LongSupplier nanos;
    private String clientId = "";
    private volatile @Nullable String sessionId;
    private @Nullable FramesRun run;
    private Optional<JpegSize> seen = Optional.empty();
    private boolean heard;
    private @Nullable FramesBatch batch;
    private int runNumber;
    private long nextIndex;
    private long renewedNanos;

    /// @param nanos as [System#nanoTime]
    FramesRecorder(FramesLog log, FramesMemory memory, FramesRules rules, LongSupplier nanos) {
        this.log = log;
        this.memory = memory;
        this.rules = rules;
        this.nanos = nanos;
    }

    boolean fills(String session) {
        return session.equals(sessionId);
    }

    boolean isRecording() {
        return sessionId != null;
    }

    /// How long nothing has to be done.
    Duration patience() {
        if (sessionId == null) {
            return Duration.ofHours(1);
        }
        long now = nanos.getAsLong();
        long left = renewedNanos + rules.renewal().toNanos() - now;
        if (batch != null) {
            left = Math.min(left, batch.begunNanos() + rules.batchTime().toNanos() - now);
        }
        return Duration.ofNanos(Math.max(0, left));
    }

    /// Takes a picture or sound.
    ///
    /// @param client who sends it
    void take(String client, FramesMessage message, Arrival arrival)
            throws FramesException, InterruptedException {
        if (sessionId == null) {
            begin(client);
        }
        if (run != null && !run.takes(message)) {
            endRun();
        }
        long sizeBytes =
                switch (message) {
                    case FramesMessage.Picture picture -> picture.jpeg().length;
                    case FramesMessage.Sound sound -> sound.pcm().length;
                    default -> throw new IllegalArgumentException("neither picture nor sound");
                };
        if (!memory.tryTake(sizeBytes)) {
            flush(false);
            if (run != null && !run.takes(message)) {
                endRun();
            }
            memory.take(sizeBytes);
        }
        FramesBatch open = batch == null ? new FramesBatch(nanos.getAsLong()) : batch;
        batch = open;
        switch (message) {
            case FramesMessage.Picture picture -> open.add(picture, arrival);
            case FramesMessage.Sound sound -> open.add(sound, arrival);
            default -> {}
        }
        if (open.sizeBytes() >= rules.batchBytes()) {
            flush(false);
        }
    }

    /// Does what is due.
    void look() throws FramesException, InterruptedException {
        long now = nanos.getAsLong();
        FramesBatch due = batch;
        if (due != null && now - due.begunNanos() >= rules.batchTime().toNanos()) {
            // Before anything is taken out: it has to know both kinds.
            run = run == null ? newRun(due) : run;
            FramesBatch next = due.takeBehindSound();
            try {
                flush(next != null);
            } finally {
                batch = next;
                if (next != null) {
                    next.begin(nanos.getAsLong());
                }
            }
        }
        if (sessionId != null && now - renewedNanos >= rules.renewal().toNanos()) {
            renew();
        }
    }

    /// Completes the session, if there is one.
    void finish() throws FramesException, InterruptedException {
        if (sessionId == null) {
            return;
        }
        endRun();
        String session = String.valueOf(sessionId);
        attempt(() -> log.finish(session));
        sessionId = null;
    }

    /// The same, whatever happens: what does not work now is left to whoever completes sessions
    /// that nobody fills any more.
    void finishAtLast() {
        try {
            finish();
        } catch (FramesException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "left to lapse session={0}: {1}", sessionId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sessionId = null;
            release();
        }
    }

    private void begin(String client) throws FramesException, InterruptedException {
        clientId = client;
        attempt(() -> sessionId = log.open(client));
        renewedNanos = nanos.getAsLong();
        run = null;
        seen = Optional.empty();
        heard = false;
        runNumber = 0;
        nextIndex = 0;
    }

    private void endRun() throws FramesException, InterruptedException {
        flush(false);
        FramesRun ended = run;
        if (ended != null) {
            byte[] rest = ended.write(new FramesBatch(nanos.getAsLong()), true);
            run = null;
            append(ended, rest);
            runNumber++;
        }
    }

    /// @param picturesFollow also when there is none in this batch
    private void flush(boolean picturesFollow) throws FramesException, InterruptedException {
        FramesBatch full = batch;
        if (full == null) {
            return;
        }
        FramesRun open = run == null ? newRun(full) : run;
        run = open;
        try {
            append(open, open.write(full, false));
        } catch (ProblemException e) {
            if (e.kind() != IngestProblem.SESSION_CLOSED) {
                throw e;
            }
            // Somebody took this client for gone. What it sends now is another recording.
            Optional<JpegSize> pictures = picturesFollow ? seen : Optional.empty();
            begin(clientId);
            seen = pictures;
            FramesRun another = newRun(full);
            run = another;
            append(another, another.write(full, false));
        } catch (FramesException e) {
            // Its header may not be there, so what follows cannot be a part of it.
            run = null;
            runNumber++;
            throw e;
        } finally {
            release();
        }
    }

    /// A client that has once sent both kinds may do so again, so no more than two runs come of
    /// that.
    private FramesRun newRun(FramesBatch first) {
        if (first.hasPictures()) {
            seen = Optional.of(first.pictures().getFirst().size());
        }
        heard |= first.hasSound();
        return new FramesRun(seen, heard, first.startNanos());
    }

    private void append(FramesRun from, byte[] bytes) throws FramesException, InterruptedException {
        String session = String.valueOf(sessionId);
        if (bytes.length > 0) {
            var chunk =
                    new FramesChunk(
                            nextIndex, runNumber, bytes, from.hasPictures(), from.hasSound());
            attempt(() -> log.append(session, chunk));
            nextIndex++;
        }
    }

    private void renew() {
        renewedNanos = nanos.getAsLong();
        try {
            log.renew(String.valueOf(sessionId));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "not renewed session={0}: {1}", sessionId, e);
        }
    }

    private void release() {
        if (batch != null) {
            memory.giveBack(batch);
            batch = null;
        }
    }

    /// Something that the store or the database may spoil.
    private interface Step {
        void run() throws IOException;
    }

    /// Tries again and again. Meanwhile nothing is read, and the client has to wait.
    private void attempt(Step step) throws FramesException, InterruptedException {
        long begunNanos = nanos.getAsLong();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                step.run();
                return;
            } catch (ProblemException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "tried again session={0}: {1}", sessionId, e);
                if (nanos.getAsLong() - begunNanos > rules.storePatience().toNanos()) {
                    throw FramesError.STORE_UNAVAILABLE.because(
                            "What came last cannot be stored. What was stored before is kept.");
                }
            }
            Thread.sleep(pause);
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
            if (sessionId != null) {
                renew();
            }
        }
    }
}
