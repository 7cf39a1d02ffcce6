package io.tapedeck.playback.task;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.task.ExportSubjects.Subject;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TranscodeCommand;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Asks for a file of a session.
@Path("/api/v1/sessions/{id}/exports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tasks")
class ExportResource {

    private static final Set<String> FORMATS = Set.of("mp4");

    private final TaskOrderPublisher orders;

    ExportResource(TaskOrderPublisher orders) {
        this.orders = orders;
    }

    /// What to make.
    ///
    /// @param format `mp4`
    record ExportOrder(@NotNull @Schema(examples = "mp4") String format) {}

    @POST
    @OwnerOnly
    @Operation(
            summary = "Make a file of a session",
            description =
                    "For the owner. Asking again for the same file answers with the task there"
                            + " is, whatever became of it; a failed one can be retried.")
    @APIResponse(
            responseCode = "202",
            description = "The task; Location says where to ask about it",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    @APIResponse(responseCode = "401", description = "owner-only")
    @APIResponse(responseCode = "404", description = "session-not-found")
    @APIResponse(responseCode = "409", description = "still-recording, nothing-to-export")
    @APIResponse(responseCode = "422", description = "unknown-format")
    public Response export(@PathParam("id") String sessionId, @Valid @NotNull ExportOrder order) {
        if (!FORMATS.contains(order.format())) {
            throw PlaybackFailure.UNKNOWN_FORMAT.because("Ask for one of " + FORMATS + ".");
        }
        return orders.take(sessionId, subject -> asked(sessionId, order.format(), subject));
    }

    private Task asked(String sessionId, String format, Subject subject) {
        String id = ExportTaskId.of(sessionId, format, subject.generation());
        return orders.known(id).orElseGet(() -> placed(id, sessionId, format, subject));
    }

    private Task placed(String id, String sessionId, String format, Subject subject) {
        TaskOrderPublisher.demandComplete(subject, PlaybackFailure.NOTHING_TO_EXPORT);
        Instant now = orders.now();
        return orders.place(
                Task.queued(id, sessionId, Task.EXPORT, format, now),
                new TranscodeCommand.Export(sessionId, id, now, format, subject.generation()));
    }
}
