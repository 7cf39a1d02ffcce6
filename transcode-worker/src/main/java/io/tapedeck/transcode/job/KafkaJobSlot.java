package io.tapedeck.transcode.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.DatabaseException;
import io.tapedeck.transcode.story.Queue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One thread that takes one job at a time out of a queue.
final class KafkaJobSlot {

    private static final Logger LOG = Logger.getLogger(KafkaJobSlot.class);

    /// Polls end early when a job comes; this only bounds how long an idle one lasts.
    private static final Duration POLL = Duration.ofSeconds(30);

    /// A job whose neighbour is away goes back after this pause, so that it does not go round and
    /// round.
    private static final long PAUSE_MILLIS = 1000;

    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofMillis(200);

    private final Queue queue;
    private final Map<String, Object> settings;
    private final JobRunner jobs;
    private final ObjectMapper json;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Cancellation current = Cancellation.never();
    private volatile @Nullable KafkaShareConsumer<String, byte[]> consumer;

    KafkaJobSlot(
            Queue queue,
            int number,
            Map<String, Object> settings,
            JobRunner jobs,
            ObjectMapper json) {
        this.queue = queue;
        this.settings = settings;
        this.jobs = jobs;
        this.json = json;
        String name = "%s-%d".formatted(queue.name().toLowerCase(Locale.ROOT), number);
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /// Takes no further job. A running one goes on.
    void stop() {
        stopping = true;
        KafkaShareConsumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    /// Waits for the running job; when it takes longer, kills it and leaves it to others.
    void join(Duration grace) throws InterruptedException {
        if (!thread.join(grace)) {
            current.cancel();
            thread.join(CLOSE);
        }
    }

    private void work() {
        while (!stopping) {
            try {
                takeJobsUntilLost();
            } catch (WakeupException | InterruptException e) {
                LOG.debugf("slot stops queue=%s", queue);
            } catch (KafkaException | IllegalStateException e) {
                LOG.warnf(e, "slot lost its queue, trying again queue=%s", queue);
                pause();
            }
        }
    }

    private void takeJobsUntilLost() {
        var open =
                new KafkaShareConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            consumer = open;
            open.subscribe(List.of(queue.topic()));
            takeJobs(open);
        } finally {
            close(open);
        }
    }

    /// What is acknowledged is sent by now. The rest of a proper goodbye would wait for the fetch
    /// that the broker is holding; the broken connection says the same.
    private void close(KafkaShareConsumer<String, byte[]> open) {
        try {
            open.close(GOODBYE);
        } catch (KafkaException e) {
            LOG.debugf("slot closed without a goodbye queue=%s: %s", queue, e.getMessage());
        }
    }

    private void takeJobs(KafkaShareConsumer<String, byte[]> open) {
        while (!stopping) {
            for (ConsumerRecord<String, byte[]> record : open.poll(POLL)) {
                open.acknowledge(record, stopping ? AcknowledgeType.RELEASE : handle(record));
            }
        }
        try {
            open.commitSync(CLOSE);
        } catch (WakeupException e) {
            // The stop was meant for the poll that did not come any more.
            open.commitSync(CLOSE);
        }
    }

    private AcknowledgeType handle(ConsumerRecord<String, byte[]> record) {
        TranscodeJob job;
        try {
            job = json.readValue(record.value(), TranscodeJob.class);
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("rejected a job that cannot be read offset=%d: %s", record.offset(), e);
            return AcknowledgeType.REJECT;
        }
        return run(job);
    }

    private AcknowledgeType run(TranscodeJob job) {
        current = new Cancellation();
        try {
            jobs.run(job, queue, current);
            return AcknowledgeType.ACCEPT;
        } catch (InterruptedException e) {
            LOG.infof("released job=%s", job);
            return AcknowledgeType.RELEASE;
        } catch (IOException | DatabaseException e) {
            LOG.warnf("a neighbour failed, job goes back job=%s: %s", job, e.getMessage());
            pause();
            return AcknowledgeType.RELEASE;
        } catch (RuntimeException e) {
            // A defect. The row is still due, so the reconciler sends another job in its own time.
            LOG.errorf(e, "job failed job=%s", job);
            return AcknowledgeType.ACCEPT;
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
