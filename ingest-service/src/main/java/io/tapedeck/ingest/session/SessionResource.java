package io.tapedeck.ingest.session;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The doors of a session's life.
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class SessionResource {

    private final LifecyclePublisher lifecycle;
    private final IngestConfig config;
    private final SecureRandom random = new SecureRandom();

    SessionResource(LifecyclePublisher lifecycle, IngestConfig config) {
        this.lifecycle = lifecycle;
        this.config = config;
    }

    /// What opens a session.
    ///
    /// @param title what a person calls it
    /// @param mimeType what the client records; also the type under which it is given back, so it
    ///   must not be one that a browser runs
    /// @param live whether somebody may watch meanwhile; yes when not said
    public record OpenRequest(
            @Nullable @Size(max = 200) String title,
            @NotNull
                    @Size(max = 200)
                    @Pattern(regexp = "(?s)(video|audio)/.+|application/octet-stream")
                    String mimeType,
            @Nullable Boolean live) {}

    /// What the opener must know. The token is said only here.
    public record OpenedSession(
            String id,
            String state,
            Instant createdAt,
            String chunksUrl,
            String uploadToken,
            String playlistUrl,
            String watchUrl) {}

    /// What completes a session.
    ///
    /// @param chunks how many there are; as many as came when not said
    /// @param allowGaps close it although some are missing
    public record CompleteRequest(
            @Nullable @PositiveOrZero Long chunks, @Nullable Boolean allowGaps) {}

    /// @param restorableUntil when the undo ends
    public record HiddenSession(String id, Instant restorableUntil) {}

    public record RestoredSession(String id, String state) {}

    @POST
    @OwnerOnly
    @Operation(summary = "Open a session", description = "201, 400, 401, 429 with Retry-After")
    public Response open(@NotNull @Valid OpenRequest request, @Context UriInfo uri) {
        String token = UploadToken.random(random);
        SessionEntity session =
                lifecycle.open(
                        new Opening(
                                UploadToken.randomSessionId(random),
                                request.title() == null ? "" : request.title().strip(),
                                request.mimeType(),
                                request.live() == null || request.live(),
                                false,
                                UploadToken.sha256(token)));
        var addresses = SessionAddresses.of(config.publicUrl(), uri.getBaseUri(), session.id);
        return Response.created(URI.create(addresses.session()))
                .entity(
                        new OpenedSession(
                                session.id,
                                session.read().word(),
                                session.createdAt,
                                addresses.chunks(),
                                token,
                                addresses.playlist(),
                                addresses.watch()))
                .build();
    }

    @POST
    @Path("{id}/complete")
    @Operation(
            summary = "Say that no chunk will come any more",
            description = "Upload token. 202, 401, 404, 409 with the missing ranges, 410")
    public Response complete(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Nullable @Valid CompleteRequest request) {
        var wish = request == null ? new CompleteRequest(null, null) : request;
        long mostChunks = config.limits().sessionChunks();
        if (wish.chunks() != null && wish.chunks() > mostChunks) {
            throw new ProblemException(
                    IngestProblem.CHUNK_INVALID,
                    "A session has at most %d chunks.".formatted(mostChunks));
        }
        var decision =
                lifecycle.complete(
                        id,
                        authorization == null ? "" : authorization,
                        wish.chunks() == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(wish.chunks()),
                        Boolean.TRUE.equals(wish.allowGaps()));
        return Response.accepted(CompletionAnswer.of(id, decision)).build();
    }

    @DELETE
    @Path("{id}")
    @OwnerOnly
    @Operation(
            summary = "Delete a session",
            description = "Hides it at once and removes it after the undo time. 200, 401, 404")
    public HiddenSession delete(@PathParam("id") String id) {
        SessionState.Hidden hidden = lifecycle.hide(id);
        return new HiddenSession(id, hidden.restorableUntil(config.deletion().undo()));
    }

    @POST
    @Path("{id}/restore")
    @Consumes(MediaType.WILDCARD)
    @OwnerOnly
    @Operation(summary = "Undo a deletion", description = "200, 401, 404, 410")
    public RestoredSession restore(@PathParam("id") String id) {
        return lifecycle
                .restore(id)
                .map(shown -> new RestoredSession(id, shown.word()))
                .orElseThrow(() ->
                        new ProblemException(
                                IngestProblem.UNDO_OVER,
                                "It was deleted more than %d s ago and is being removed."
                                        .formatted(config.deletion().undo().toSeconds())));
    }
}
