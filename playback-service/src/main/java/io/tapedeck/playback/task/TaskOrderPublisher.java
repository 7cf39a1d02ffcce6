package io.tapedeck.playback.task;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tapedeck.chassis.outbox.Outbox;
import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.task.ExportSubjects.Subject;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/// Takes orders for work on a session: each is a task that can be asked about, and a command to the
/// workers, committed together.
@ApplicationScoped
class TaskOrderPublisher {

    private final ExportSubjects sessions;
    private final TaskRepository tasks;
    private final Outbox outbox;
    private final Addresses addresses;
    private final Clock clock;

    TaskOrderPublisher(
            ExportSubjects sessions,
            TaskRepository tasks,
            Outbox outbox,
            Addresses addresses,
            Clock clock) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.outbox = outbox;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Takes one, while the session keeps its state.
    ///
    /// @param order finds or places the task, in the transaction
    /// @return 202 with the task and where to ask about it
    /// @throws PlaybackFailure there is no such session
    Response take(String sessionId, Function<Subject, Task> order) {
        Task task =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                order.apply(
                                        sessions.lock(sessionId)
                                                .orElseThrow(PlaybackFailure::noSession)));
        return Response.accepted(TaskView.of(task, addresses))
                .header(HttpHeaders.LOCATION, addresses.task(task.id()))
                .build();
    }

    Optional<Task> known(String id) {
        return tasks.task(id);
    }

    /// To the microsecond, which is what rows keep.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Places a new one.
    Task place(Task task, TranscodeCommand command) {
        tasks.add(task);
        outbox.append(TranscodeTopics.COMMANDS, task.sessionId(), command);
        return task;
    }

    /// @param nothing what it is called when there is nothing to work on
    /// @throws PlaybackFailure nothing can be made of the session, or not yet
    static void demandComplete(Subject subject, PlaybackFailure nothing) {
        if (subject.recording()) {
            throw PlaybackFailure.STILL_RECORDING.because(
                    "Stop the recording first, then ask again.");
        }
        if (subject.hopeless()) {
            throw nothing.because(
                    "Nothing of this session could be rendered; its failure says why.");
        }
    }
}
