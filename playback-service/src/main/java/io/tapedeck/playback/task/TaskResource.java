package io.tapedeck.playback.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.chassis.outbox.Outbox;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.Cursor;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Background jobs: how they are, and changing one's mind.
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@OwnerOnly
@RunOnVirtualThread
@Tag(name = "Tasks")
class TaskResource {

    private final TaskRepository tasks;
    private final Outbox outbox;
    private final Addresses addresses;
    private final Clock clock;

    TaskResource(TaskRepository tasks, Outbox outbox, Addresses addresses, Clock clock) {
        this.tasks = tasks;
        this.outbox = outbox;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// A page of tasks, newest first.
    ///
    /// @param next where the following page starts, absent on the last one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<TaskView> tasks, @Nullable String next) {}

    @GET
    @Operation(summary = "All tasks, newest first", description = "For the owner.")
    @APIResponse(responseCode = "200", description = "A page of tasks")
    @APIResponse(responseCode = "400", description = "invalid-query")
    public Page list(
            @QueryParam("sessionId") @Nullable String sessionId,
            @Parameter(description = "queued, running, succeeded, failed or cancelled")
                    @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "What `next` of the page before said") @QueryParam("cursor")
                    @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        TaskState wanted = state == null || state.isEmpty() ? null : state(state);
        Cursor after = cursor == null || cursor.isEmpty() ? null : cursor(cursor);
        List<Task> found = tasks.page(sessionId, wanted, after, limit + 1);
        List<Task> shown = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                shown.stream().map(task -> TaskView.of(task, addresses)).toList(),
                found.size() > limit ? next(shown.getLast()) : null);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One task", description = "For the owner.")
    @APIResponse(responseCode = "200", description = "The task as it is now")
    @APIResponse(responseCode = "404", description = "task-not-found")
    public TaskView one(@PathParam("id") String id) {
        return TaskView.of(tasks.task(id).orElseThrow(TaskResource::noTask), addresses);
    }

    @POST
    @Path("{id}/cancel")
    @Operation(
            summary = "Stop a task",
            description = "The worker stops it soon; follow the task to see when.")
    @APIResponse(
            responseCode = "202",
            description = "The worker is told",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    @APIResponse(responseCode = "404", description = "task-not-found")
    @APIResponse(responseCode = "409", description = "not-cancellable")
    public Response cancel(@PathParam("id") String id) {
        return accepted(QuarkusTransaction.requiringNew().call(() -> cancelled(id)));
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Try a failed or cancelled task again")
    @APIResponse(
            responseCode = "202",
            description = "The task, queued again",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    @APIResponse(responseCode = "404", description = "task-not-found")
    @APIResponse(responseCode = "409", description = "not-retryable")
    public Response retry(@PathParam("id") String id) {
        return accepted(QuarkusTransaction.requiringNew().call(() -> retried(id)));
    }

    private Task cancelled(String id) {
        Task task = tasks.locked(id).orElseThrow(TaskResource::noTask);
        if (!task.cancellable()) {
            throw PlaybackFailure.NOT_CANCELLABLE.because(
                    "It is already %s; there is nothing to stop.".formatted(word(task.state())));
        }
        outbox.append(
                TranscodeTopics.COMMANDS,
                task.sessionId(),
                new TranscodeCommand.CancelTask(task.sessionId(), id, clock.instant()));
        return task;
    }

    private Task retried(String id) {
        Task task = tasks.locked(id).orElseThrow(TaskResource::noTask);
        if (!task.retryable()) {
            throw PlaybackFailure.NOT_RETRYABLE.because(
                    "It is %s; only failed and cancelled tasks are tried again."
                            .formatted(word(task.state())));
        }
        Task queued = task.requeued();
        tasks.keep(queued);
        outbox.append(
                TranscodeTopics.COMMANDS,
                task.sessionId(),
                new TranscodeCommand.RetryTask(task.sessionId(), id, clock.instant()));
        return queued;
    }

    private Response accepted(Task task) {
        return Response.accepted(TaskView.of(task, addresses))
                .header(HttpHeaders.LOCATION, addresses.task(task.id()))
                .build();
    }

    static ProblemException noTask() {
        return PlaybackFailure.TASK_NOT_FOUND.because(
                "Check the id. Tasks disappear with their session.");
    }

    private static String next(Task last) {
        return new Cursor(last.createdAt(), last.id()).text();
    }

    private static TaskState state(String word) {
        return Arrays.stream(TaskState.values())
                .filter(state -> word(state).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        PlaybackFailure.INVALID_QUERY.because(
                                "Use one of the states queued, running, succeeded, failed,"
                                        + " cancelled."));
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text)
                .orElseThrow(() ->
                        PlaybackFailure.INVALID_QUERY.because(
                                "Pass the cursor on as the page before gave it, or leave"
                                        + " it out to start again."));
    }

    private static String word(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
