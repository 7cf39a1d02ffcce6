package io.tapedeck.playback.task;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.chassis.outbox.Outbox;
import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The making of a session's renditions, as far as it comes by itself and not from an order.
@Path("/api/v1/sessions/{id}/processing")
@RunOnVirtualThread
@Tag(name = "Sessions")
class ProcessingResource {

    private final ExportSubjects sessions;
    private final Outbox outbox;
    private final Addresses addresses;
    private final Clock clock;

    ProcessingResource(ExportSubjects sessions, Outbox outbox, Addresses addresses, Clock clock) {
        this.sessions = sessions;
        this.outbox = outbox;
        this.addresses = addresses;
        this.clock = clock;
    }

    @POST
    @Path("cancel")
    @OwnerOnly
    @Operation(
            summary = "Make no more qualities of a session",
            description =
                    "For the owner. The one that it is watched in meanwhile is finished, what is"
                            + " whole stays, the others are withdrawn. Asking twice changes nothing;"
                            + " the session says when it is ready.")
    @APIResponse(responseCode = "202", description = "Location says where to look at the session")
    @APIResponse(responseCode = "401", description = "owner-only")
    @APIResponse(responseCode = "404", description = "session-not-found")
    @APIResponse(responseCode = "409", description = "still-recording")
    public Response cancel(@PathParam("id") String sessionId) {
        QuarkusTransaction.requiringNew().run(() -> order(sessionId));
        return Response.accepted()
                .header(HttpHeaders.LOCATION, addresses.session(sessionId))
                .build();
    }

    private void order(String sessionId) {
        if (sessions.lock(sessionId).orElseThrow(PlaybackFailure::noSession).recording()) {
            throw PlaybackFailure.STILL_RECORDING.because(
                    "Stop the recording first, or wait for the end of the file, then ask again.");
        }
        outbox.append(
                TranscodeTopics.COMMANDS,
                sessionId,
                new TranscodeCommand.CancelProcessing(sessionId, clock.instant()));
    }
}
