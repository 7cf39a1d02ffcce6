package io.tapedeck.playback.task;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.PlaybackConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells how a task gets on, as server-sent events. Any instance of the service may hear the
/// worker, so the row is looked at again and again; a virtual thread and one lookup by key is all
/// that a follower costs.
@Path("/api/v1/tasks/{id}/events")
@RunOnVirtualThread
@Tag(name = "Tasks")
class TaskEventsResource {

    private static final Logger LOG = Logger.getLogger(TaskEventsResource.class);

    private final TaskRepository tasks;
    private final Addresses addresses;
    private final PlaybackConfig.Tasks config;
    private final Clock clock;
    private final AtomicInteger followers = new AtomicInteger();

    TaskEventsResource(
            TaskRepository tasks,
            Addresses addresses,
            PlaybackConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.tasks = tasks;
        this.addresses = addresses;
        this.config = config.tasks();
        this.clock = clock;
        Gauge.builder("tapedeck.playback.followers", followers, AtomicInteger::doubleValue)
                .description("Clients that follow a task")
                .register(meters);
    }

    @GET
    @OwnerOnly
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow a task",
            description =
                    "Events named `task` with the task as data: at once, then at each change, until"
                            + " it is over; then the stream ends. Comments keep it open meanwhile.")
    @APIResponse(responseCode = "200", description = "A stream of events")
    @APIResponse(responseCode = "404", description = "task-not-found")
    public void follow(@PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        Task first = read(id).orElseThrow(TaskResource::noTask);
        // The request belongs to the sink from now on; it ends when that is closed.
        Thread.ofVirtual().name("follow-task").start(() -> follow(first, sink, sse));
    }

    private void follow(Task first, SseEventSink sink, Sse sse) {
        followers.incrementAndGet();
        try (sink) {
            tell(first, sink, sse);
        } catch (CompletionException | IllegalStateException gone) {
            // The follower went away while something was said.
        } catch (RuntimeException e) {
            // It will come back and ask again.
            LOG.warnf(e, "task cannot be followed task=%s", first.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            followers.decrementAndGet();
        }
    }

    private void tell(Task first, SseEventSink sink, Sse sse) throws InterruptedException {
        Task told = null;
        Instant lastWord = clock.instant();
        for (Task now = first; now != null && !sink.isClosed(); now = later(now)) {
            if (!now.equals(told)) {
                send(sink, event(now, sse));
                told = now;
                lastWord = clock.instant();
            } else if (quietFor(lastWord).compareTo(config.heartbeatEvery()) >= 0) {
                send(sink, sse.newEventBuilder().comment("still here").build());
                lastWord = clock.instant();
            }
        }
    }

    /// The task a little later; null when there is nothing more to tell of it.
    private @Nullable Task later(Task task) throws InterruptedException {
        if (task.state().isFinal()) {
            return null;
        }
        Thread.sleep(config.followEvery());
        return read(task.id()).orElse(null);
    }

    private Optional<Task> read(String id) {
        return QuarkusTransaction.requiringNew().call(() -> tasks.task(id));
    }

    private OutboundSseEvent event(Task task, Sse sse) {
        return sse.newEventBuilder()
                .name("task")
                .id(Long.toString(task.sequence()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(TaskView.class, TaskView.of(task, addresses))
                .build();
    }

    private static void send(SseEventSink sink, OutboundSseEvent event) {
        sink.send(event).toCompletableFuture().join();
    }

    private Duration quietFor(Instant lastWord) {
        return Duration.between(lastWord, clock.instant());
    }
}
