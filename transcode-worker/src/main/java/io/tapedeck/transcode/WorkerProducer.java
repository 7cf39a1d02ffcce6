package io.tapedeck.transcode;

import io.tapedeck.chassis.topics.NeededTopics;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/// What the worker needs from outside besides its configuration.
@ApplicationScoped
class WorkerProducer {

    /// Milliseconds are what events carry, so nothing is kept more exactly than it is told.
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    NeededTopics topics() {
        return new NeededTopics(
                List.of(IngestTopics.SESSIONS, TranscodeTopics.SEGMENTS, TranscodeTopics.COMMANDS),
                List.of(
                        TranscodeTopics.LIVE_JOBS,
                        TranscodeTopics.FRONT_JOBS,
                        TranscodeTopics.CONVERT_JOBS,
                        TranscodeTopics.BACKLOG_JOBS));
    }

    @Produces
    @Singleton
    WorkDirectory workDirectory(TapedeckWorkerConfig config) {
        Path byDefault = Path.of(System.getProperty("java.io.tmpdir"), "tapedeck-worker");
        return new WorkDirectory(config.workDirectory().orElse(byDefault)).make();
    }

    /// Behind the slots, which still write there until they have stopped.
    void remove(@Disposes WorkDirectory workDirectory) {
        workDirectory.remove();
    }
}
