package io.tapedeck.ingest.camera;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.history.HistoryPublisher;
import io.tapedeck.ingest.history.PartLeadRepository;
import io.tapedeck.ingest.history.PartWish;
import io.tapedeck.ingest.session.SessionAddresses;
import io.tapedeck.ingest.session.SessionEntity;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// Saves parts of what cameras recorded.
@Path("/api/v1/cameras/{id}/recordings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@OwnerOnly
@RunOnVirtualThread
class CameraRecordingResource {

    private final CameraPublisher cameras;
    private final HistoryPublisher history;
    private final PartLeadRepository leads;
    private final IngestConfig config;
    private final Clock clock;

    CameraRecordingResource(
            CameraPublisher cameras,
            HistoryPublisher history,
            PartLeadRepository leads,
            IngestConfig config,
            Clock clock) {
        this.cameras = cameras;
        this.history = history;
        this.leads = leads;
        this.config = config;
        this.clock = clock;
    }

    /// Which part.
    ///
    /// @param minutes the last ones, until now; or else `from` and `to` say it
    /// @param title the camera's name when not said
    public record PartRequest(
            @Nullable Integer minutes,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String title) {}

    /// The recording that it became.
    public record PartView(String id, String state, String playlistUrl, String watchUrl) {}

    @POST
    @Operation(
            summary = "Save a part for good",
            description =
                    "It becomes a recording of its own, which the history does not reach and which"
                            + " is deleted by itself. Nothing is copied. Unless it is of Motion"
                            + " JPEG it begins up to 10 s earlier, with a keyframe. 201, 400, 401, 404, 409,"
                            + " 413")
    public Response save(
            @PathParam("id") String id, @NotNull PartRequest request, @Context UriInfo uri) {
        CameraEntity camera = cameras.require(id);
        var part =
                PartWish.of(
                        request.minutes(),
                        request.from(),
                        request.to(),
                        request.title(),
                        clock.instant());
        String title = part.title().isEmpty() ? camera.name : part.title();
        Duration lead = leads.before(camera.sessionId, part.from(), part.to());
        SessionEntity saved = history.save(camera.sessionId, lead, part.from(), part.to(), title);
        var addresses = SessionAddresses.of(config.publicUrl(), uri.getBaseUri(), saved.id);
        return Response.created(URI.create(addresses.session()))
                .entity(
                        new PartView(
                                saved.id, saved.state, addresses.playlist(), addresses.watch()))
                .build();
    }
}
