package io.tapedeck.ingest.camera;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.session.SessionAddresses;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The doors of cameras.
@Path("/api/v1/cameras")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@OwnerOnly
@RunOnVirtualThread
class CameraResource {

    /// Clocks of processes and of the database differ by so much at most, or else a camera seems
    /// connecting that is online.
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(3);

    private final CameraPublisher cameras;
    private final CameraFeeds feeds;
    private final IngestConfig config;
    private final Clock clock;

    CameraResource(CameraPublisher cameras, CameraFeeds feeds, IngestConfig config, Clock clock) {
        this.cameras = cameras;
        this.feeds = feeds;
        this.config = config;
        this.clock = clock;
    }

    /// What adds a camera.
    ///
    /// @param name what people call it, 1 to 200 characters
    /// @param url `http://`, `https://` or `rtsp://`, with a user and password if it wants them
    /// @param segmentSeconds how long its segments are, 1 to 10; 2 when not said
    /// @param historySeconds how far back it can be watched, 30 to 100,000 times that, or 0 to keep
    ///   everything; 86400 when not said
    public record CameraRequest(
            @Nullable String name,
            @Nullable String url,
            @Nullable Integer segmentSeconds,
            @Nullable Long historySeconds) {}

    /// A camera, as its owner sees it.
    ///
    /// @param url without its password
    /// @param state `connecting`, `online` or `offline`
    /// @param since when the state began
    /// @param problem why it is offline, or what else is wrong
    /// @param retryAt when it is tried again
    /// @param lastBytesAt when bytes came last
    public record CameraView(
            String id,
            String name,
            String url,
            int segmentSeconds,
            long historySeconds,
            String sessionId,
            String state,
            Instant since,
            @Nullable CameraTrouble problem,
            @Nullable Instant retryAt,
            @Nullable Instant lastBytesAt,
            Instant createdAt,
            String playlistUrl,
            String watchUrl) {}

    /// @param code stable
    /// @param detail for people
    public record CameraTrouble(String code, String detail) {}

    public record CameraList(List<CameraView> cameras) {}

    @POST
    @Operation(summary = "Add a camera", description = "201, 400, 401, 422, 429")
    public Response add(@NotNull CameraRequest request, @Context UriInfo uri) {
        var wish =
                CameraWish.of(
                        request.name(),
                        request.url(),
                        request.segmentSeconds(),
                        request.historySeconds());
        try {
            feeds.check(wish.url().secret());
        } catch (FeedException e) {
            throw new ProblemException(
                    IngestProblem.CAMERA_ADDRESS_REFUSED, wish.url().mask(e.detail()));
        }
        CameraEntity camera = cameras.add(wish);
        String origin = addresses(camera, uri).origin();
        return Response.created(URI.create(origin + "/api/v1/cameras/" + camera.id))
                .entity(view(camera, uri))
                .build();
    }

    @GET
    @Operation(summary = "All cameras, oldest first", description = "200, 401")
    public CameraList all(@Context UriInfo uri) {
        return new CameraList(cameras.all().stream().map(camera -> view(camera, uri)).toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One camera", description = "200, 401, 404")
    public CameraView one(@PathParam("id") String id, @Context UriInfo uri) {
        return view(cameras.require(id), uri);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Delete a camera",
            description =
                    "Pulls it no more. What its history holds becomes a recording. 204, 401, 404")
    public void delete(@PathParam("id") String id) {
        cameras.delete(id);
    }

    private SessionAddresses addresses(CameraEntity camera, UriInfo uri) {
        return SessionAddresses.of(config.publicUrl(), uri.getBaseUri(), camera.sessionId);
    }

    private CameraView view(CameraEntity camera, UriInfo uri) {
        SessionAddresses addresses = addresses(camera, uri);
        CameraStatus status = status(camera);
        CameraStatus.Problem problem = status.problem();
        return new CameraView(
                camera.id,
                camera.name,
                camera.address().shown(),
                camera.segmentSeconds,
                camera.historySeconds,
                camera.sessionId,
                status.state().word(),
                status.since(),
                problem == null ? null : new CameraTrouble(problem.code(), problem.detail()),
                status.retryAt(),
                status.lastBytesAt(),
                camera.createdAt,
                addresses.playlist(),
                addresses.watch());
    }

    private CameraStatus status(CameraEntity camera) {
        Instant lease = camera.leaseUntil;
        Instant now = clock.instant();
        if (lease == null) {
            // Nobody ever pulled it.
            return camera.status().abandoned(camera.createdAt, now);
        }
        return now.isAfter(lease.plus(CLOCKS_DIFFER))
                ? camera.status().abandoned(lease, now)
                : camera.status();
    }
}
