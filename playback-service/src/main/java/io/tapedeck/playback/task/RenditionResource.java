package io.tapedeck.playback.task;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.task.ExportSubjects.Subject;
import io.tapedeck.transcode.contract.TranscodeCommand;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Asks for renditions of a session.
@Path("/api/v1/sessions/{id}/renditions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tasks")
class RenditionResource {

    private final TaskOrderPublisher orders;

    RenditionResource(TaskOrderPublisher orders) {
        this.orders = orders;
    }

    /// What to make.
    ///
    /// @param renditions by their names; all there are when it is missing or empty
    record RenditionOrder(
            @Size(max = 16) @Schema(examples = "[\"480p\", \"240p\"]")
                    @Nullable List<@NotNull @Pattern(regexp = "[a-z0-9]{1,16}") String>
                            renditions) {

        List<String> names() {
            return renditions == null ? List.of() : renditions;
        }
    }

    @POST
    @OwnerOnly
    @Operation(
            summary = "Make renditions of a session from its chunk log",
            description =
                    "For the owner. New renditions, down from the size of the largest one, or those"
                            + " there are once more. The session stays playable; what is made again"
                            + " takes over when all of it is made.")
    @APIResponse(
            responseCode = "202",
            description = "The task; Location says where to ask about it",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    @APIResponse(responseCode = "400", description = "not-valid")
    @APIResponse(responseCode = "401", description = "owner-only")
    @APIResponse(responseCode = "404", description = "session-not-found")
    @APIResponse(responseCode = "409", description = "still-recording, nothing-to-render")
    public Response render(
            @PathParam("id") String sessionId, @Valid @NotNull RenditionOrder order) {
        return orders.take(sessionId, subject -> placed(sessionId, order.names(), subject));
    }

    private Task placed(String sessionId, List<String> names, Subject subject) {
        TaskOrderPublisher.demandComplete(subject, PlaybackFailure.NOTHING_TO_RENDER);
        Instant now = orders.now();
        String id = UUID.randomUUID().toString();
        return orders.place(
                Task.queued(id, sessionId, Task.RENDER, String.join(",", names), now),
                new TranscodeCommand.Render(sessionId, id, now, names));
    }
}
