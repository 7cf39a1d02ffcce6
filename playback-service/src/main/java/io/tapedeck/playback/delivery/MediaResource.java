package io.tapedeck.playback.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.playback.EntityTags;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.catalog.SessionStory;
import io.tapedeck.playback.catalog.SessionStory.Opening;
import io.tapedeck.playback.task.Task;
import io.tapedeck.playback.task.TaskRepository;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Whole files of a session.
@Path("/media/{session}")
@RunOnVirtualThread
@Tag(name = "Watch")
class MediaResource {

    private static final String MP4 = "mp4";
    private static final String DOWNLOAD =
            "When present, a browser saves the file under the session's title";

    private final CatalogRepository catalog;
    private final TaskRepository tasks;
    private final HttpBytes bytes;

    MediaResource(CatalogRepository catalog, TaskRepository tasks, HttpBytes bytes) {
        this.catalog = catalog;
        this.tasks = tasks;
        this.bytes = bytes;
    }

    @GET
    @Path("recording.mp4")
    @Operation(summary = "The newest MP4", description = "One is made by an export.")
    @Parameter(name = "download", in = ParameterIn.QUERY, description = DOWNLOAD)
    @APIResponse(responseCode = "200", description = "MP4")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "404", description = "session-not-found, no-recording")
    @APIResponse(responseCode = "416", description = "The range is outside the file")
    public Response recording(
            @PathParam("session") String sessionId, @Context HttpServerRequest request) {
        SessionStory story = catalog.session(sessionId).orElseThrow(PlaybackFailure::noSession);
        Task made =
                tasks.result(sessionId, MP4)
                        .orElseThrow(() ->
                                PlaybackFailure.NO_RECORDING.because(
                                        "Ask for an export to mp4 and wait for its task."));
        String objectKey = Objects.requireNonNull(made.resultKey());
        return bytes.answer(
                request,
                new Representation(
                        List.of(StoredPiece.whole(objectKey, made.resultBytes())),
                        "video/mp4",
                        EntityTags.strong(objectKey),
                        Representation.REVALIDATED,
                        disposition(request, story, MP4)));
    }

    @GET
    @Path("source")
    @Operation(
            summary = "The bytes as they came",
            description =
                    "The chunks of one run, in order, as far as they are stored. Each start of a"
                            + " recorder is a run and a file of its own; most sessions have one.")
    @Parameter(name = "download", in = ParameterIn.QUERY, description = DOWNLOAD)
    @APIResponse(responseCode = "200", description = "In the type that the client recorded")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "404", description = "session-not-found, no-source")
    @APIResponse(responseCode = "416", description = "The range is outside the bytes")
    public Response source(
            @PathParam("session") String sessionId,
            @QueryParam("run") @DefaultValue("0") @Min(0) int run,
            @Context HttpServerRequest request) {
        SessionStory story = catalog.session(sessionId).orElseThrow(PlaybackFailure::noSession);
        List<StoredPiece> pieces =
                catalog.chunks(sessionId, run).stream()
                        .filter(chunk -> chunk.sizeBytes() > 0)
                        .map(chunk -> StoredPiece.whole(chunk.objectKey(), chunk.sizeBytes()))
                        .toList();
        if (pieces.isEmpty()) {
            throw PlaybackFailure.NO_SOURCE.because(
                    "Run %d of this session has no bytes. Runs count from 0.".formatted(run));
        }
        SourceType type = SourceType.of(opening(story).mimeType());
        return bytes.answer(
                request,
                new Representation(
                        pieces,
                        type.contentType(),
                        EntityTags.strong(pieces.toString()),
                        Representation.REVALIDATED,
                        disposition(request, story, type.extension(opening(story).title()))));
    }

    /// The parameter has no value, so it is looked for by hand.
    private static @Nullable String disposition(
            HttpServerRequest request, SessionStory story, String extension) {
        return request.params().contains("download")
                ? FileName.attachment(opening(story).title(), extension)
                : null;
    }

    private static Opening opening(SessionStory story) {
        return Objects.requireNonNull(story.opening());
    }
}
