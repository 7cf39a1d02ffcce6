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
        while (true) {
            try {
                tasks.obey(command);
                return;
            } catch (DatabaseException e) {
                if (e.refused()) {
                    skipped.increment();
                    LOG.errorf("skipped a command that makes no sense command=%s: %s", command, e);
                    return;
                }
                if (stopping) {
                    throw e;
                }
                LOG.warnf("a command waits for the database: %s", e.getMessage());
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }
}
