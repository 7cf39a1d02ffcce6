package io.tapedeck.transcode.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Blocking;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.database.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/// Takes what others ask of the worker.
@ApplicationScoped
class CommandConsumer {

    private static final Logger LOG = Logger.getLogger(CommandConsumer.class);
    private static final long RETRY_MILLIS = 500;

    /// Of a command, while the database answers everything else. The pauses between them grow, for
    /// a database that has just come back may need some more seconds: 31 s in all.
    private static final int MOST_FAILURES = 6;

    private final JdbcSessionTasks tasks;
    private final ObjectMapper json;
    private final Counter skipped;
    private volatile boolean stopping;

    CommandConsumer(JdbcSessionTasks tasks, ObjectMapper json, MeterRegistry meters) {
        this.tasks = tasks;
        this.json = json;
        this.skipped = meters.counter("tapedeck.messages.skipped", "topic", "commands");
    }

    @Incoming("commands")
    @Blocking
    void consume(byte[] message) throws InterruptedException {
        TranscodeCommand command;
        try {
            command = json.readValue(message, TranscodeCommand.class);
        } catch (IOException | IllegalArgumentException e) {
            skipped.increment();
            LOG.errorf("skipped a command that cannot be read: %s", e.getMessage());
            return;
        }
        obey(command);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void obey(TranscodeCommand command) throws InterruptedException {
        int failures = 0;
        while (true) {
            try {
                tasks.obey(command);
                return;
            } catch (DatabaseException e) {
                if (stopping) {
                    throw e;
                }
                failures += tasks.isReachable() ? 1 : 0;
                if (e.refused() || failures == MOST_FAILURES) {
                    refuse(command, e);
                    return;
                }
                LOG.warnf("a command waits for the database: %s", e.getMessage());
                Thread.sleep(RETRY_MILLIS << failures);
            } catch (RuntimeException e) {
                refuse(command, e);
                return;
            }
        }
    }

    /// Lets those behind it have their turn.
    private void refuse(TranscodeCommand command, RuntimeException why) {
        skipped.increment();
        LOG.errorf(why, "gave a command up command=%s", command);
        try {
            tasks.refuse(command);
        } catch (RuntimeException e) {
            LOG.errorf("could not tell that a command was given up: %s", e);
        }
    }
}
