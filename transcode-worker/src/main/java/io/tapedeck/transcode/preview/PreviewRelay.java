package io.tapedeck.transcode.preview;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.preview.PictureMaker;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.transcode.FfmpegProducer;
import io.tapedeck.transcode.database.DatabaseException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Makes pictures, one session after the other, as soon as they are due. Workers share them.
@ApplicationScoped
class PreviewRelay {

    private static final Logger LOG = Logger.getLogger(PreviewRelay.class);

    /// What was begun so often and not ended takes its worker down with it, or ffmpeg.
    private static final int MOST_ATTEMPTS = 3;

    private final JdbcPreviewRepository previews;
    private final ObjectStore objects;
    private final FfmpegProducer ffmpeg;
    private final Instance<FfmpegInstallation> installation;
    private final Cancellation stop = new Cancellation();

    PreviewRelay(
            JdbcPreviewRepository previews,
            ObjectStore objects,
            FfmpegProducer ffmpeg,
            Instance<FfmpegInstallation> installation) {
        this.previews = previews;
        this.objects = objects;
        this.ffmpeg = ffmpeg;
        this.installation = installation;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void makeAll() {
        if (!ffmpeg.located()) {
            return;
        }
        try {
            Optional<Subject> due = previews.take();
            while (due.isPresent() && !stop.isCancelled()) {
                make(due.get());
                due = previews.take();
            }
        } catch (DatabaseException e) {
            // One that is away comes back; what it refuses, it refuses every time.
            Logger.Level level = e.refused() ? Logger.Level.ERROR : Logger.Level.DEBUG;
            LOG.logf(level, "no pictures made: %s", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        stop.cancel();
    }

    private void make(Subject subject) {
        if (subject.small().shots().isEmpty()) {
            previews.none(subject);
            return;
        }
        if (subject.attempts() > MOST_ATTEMPTS) {
            LOG.warnf("no pictures session=%s: begun in vain several times", subject.sessionId());
            previews.none(subject);
            return;
        }
        try {
            var maker = new PictureMaker(installation.get());
            previews.made(subject, new Previewer(subject, objects, maker, stop).make());
        } catch (FileNotFoundException e) {
            LOG.warnf("no pictures session=%s: %s is gone", subject.sessionId(), e.getMessage());
            previews.none(subject);
        } catch (IOException e) {
            LOG.warnf("no pictures yet session=%s: %s", subject.sessionId(), e.getMessage());
            previews.later(subject, true);
        } catch (FfmpegException e) {
            failed(subject, e);
        }
    }

    private void failed(Subject subject, FfmpegException e) {
        if (e.exit() instanceof FfmpegExit.Cancelled) {
            previews.later(subject, true);
        } else if (e.exit().retryable()) {
            LOG.warnf("no pictures yet session=%s: %s", subject.sessionId(), e);
            previews.later(subject, false);
        } else {
            LOG.warnf("no pictures session=%s: %s", subject.sessionId(), e);
            previews.none(subject);
        }
    }
}
