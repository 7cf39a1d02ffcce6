package io.tapedeck.transcode.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.transcode.check.SessionFacts.FileFacts;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.database.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Checks finished sessions, one after the other, as soon as they are due. Workers share them.
@ApplicationScoped
class CheckRelay {

    private static final Logger LOG = Logger.getLogger(CheckRelay.class);

    private final JdbcCheckRepository checks;
    private final ObjectStore objects;
    private final Counter passed;
    private final Counter failed;

    CheckRelay(JdbcCheckRepository checks, ObjectStore objects, MeterRegistry meters) {
        this.checks = checks;
        this.objects = objects;
        this.passed = counter(meters, "passed");
        this.failed = counter(meters, "failed");
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("tapedeck.checks")
                .description("Finished sessions that were checked, by how that came out")
                .tag("result", result)
                .register(meters);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void checkAll() {
        try {
            for (var due = checks.take(); due.isPresent(); due = checks.take()) {
                check(due.get());
            }
        } catch (DatabaseException e) {
            // One that is away comes back; what it refuses, it refuses every time.
            Logger.Level level = e.refused() ? Logger.Level.ERROR : Logger.Level.DEBUG;
            LOG.logf(level, "nothing checked: %s", e.getMessage());
        }
    }

    private void check(JdbcCheckRepository.Due due) {
        Report report;
        try {
            report = Report.of(facts(due));
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("not checked yet session=%s: %s", due.sessionId(), e.getMessage());
            checks.later(due);
            return;
        }
        if (!checks.done(due, report)) {
            return;
        }
        (report.passed() ? passed : failed).increment();
        if (!report.passed()) {
            LOG.warnf("check failed session=%s codes=%s", due.sessionId(), report.failedCodes());
        }
    }

    private SessionFacts facts(JdbcCheckRepository.Due due) throws IOException {
        Map<String, Long> sizes;
        try (Stream<ObjectInfo> stored = objects.list(SegmentKeys.session(due.sessionId()))) {
            sizes = stored.collect(Collectors.toMap(ObjectInfo::key, ObjectInfo::sizeBytes));
        }
        return StoredFacts.add(due.facts(), sizes, file(due));
    }

    private @Nullable FileFacts file(JdbcCheckRepository.Due due) throws IOException {
        if (due.file().isEmpty()) {
            return null;
        }
        JdbcCheckRows.File file = due.file().get();
        Optional<Mp4Reader.Index> index = index(file);
        return due.facts()
                .best(file.generation())
                .map(name -> FileFacts.of(name, file.generation(), index))
                .orElse(null);
    }

    private Optional<Mp4Reader.Index> index(JdbcCheckRows.File file) throws IOException {
        try {
            return Mp4Reader.read(
                    file.sizeBytes(),
                    (offset, length) -> {
                        try (InputStream in = objects.open(file.objectKey(), offset, length)) {
                            return in.readNBytes(length);
                        }
                    });
        } catch (FileNotFoundException _) {
            return Optional.empty();
        }
    }
}
