package io.tapedeck.playback.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.playback.EntityTags;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.preview.Preview;
import io.tapedeck.playback.preview.PreviewRepository;
import io.tapedeck.playback.preview.StoryboardTrack;
import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Pictures that say what a session is about.
@Path("/media/{session}")
@RunOnVirtualThread
@Tag(name = "Watch")
class PreviewResource {

    private static final String JPEG = "image/jpeg";
    private static final String WEBVTT = "text/vtt;charset=utf-8";

    private final CatalogRepository catalog;
    private final PreviewRepository previews;
    private final HttpBytes bytes;

    PreviewResource(CatalogRepository catalog, PreviewRepository previews, HttpBytes bytes) {
        this.catalog = catalog;
        this.previews = previews;
        this.bytes = bytes;
    }

    @GET
    @Path("poster.jpg")
    @Operation(
            summary = "One picture of it",
            description =
                    "There as soon as the first part is rendered, and another one when all is.")
    @APIResponse(responseCode = "200", description = "JPEG")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "404", description = "session-not-found, no-picture")
    public Response poster(
            @PathParam("session") String sessionId, @Context HttpServerRequest request) {
        Picture poster = preview(sessionId).poster();
        return picture(request, poster, Representation.REVALIDATED);
    }

    @GET
    @Path("storyboard.vtt")
    @Operation(
            summary = "Small pictures of all of it, for scrubbing",
            description = "WebVTT whose cues are places on JPEGs (#xywh=…), once it is complete.")
    @APIResponse(responseCode = "200", description = "WebVTT")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "404", description = "session-not-found, no-picture")
    public Response storyboard(
            @PathParam("session") String sessionId,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Storyboard storyboard = preview(sessionId).storyboard();
        if (storyboard == null) {
            throw none();
        }
        String tag = EntityTags.weak(storyboard.toString());
        Response.ResponseBuilder answer =
                EntityTags.anyMatches(ifNoneMatch, tag)
                        ? Response.notModified()
                        : Response.ok(StoryboardTrack.render(storyboard), WEBVTT);
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, Representation.REVALIDATED)
                .build();
    }

    @GET
    @Path("{sheet: storyboard-[0-9a-f]{1,128}\\.jpg}")
    @Operation(summary = "A sheet of them", description = "Its address comes from storyboard.vtt.")
    @APIResponse(responseCode = "200", description = "JPEG")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "404", description = "session-not-found, no-picture")
    public Response sheet(
            @PathParam("session") String sessionId,
            @PathParam("sheet") String file,
            @Context HttpServerRequest request) {
        Picture sheet = preview(sessionId).sheet(file).orElseThrow(PreviewResource::none);
        return picture(request, sheet, Representation.IMMUTABLE);
    }

    private Preview preview(String sessionId) {
        if (catalog.session(sessionId).isEmpty()) {
            throw PlaybackFailure.noSession();
        }
        return previews.preview(sessionId).orElseThrow(PreviewResource::none);
    }

    private static RuntimeException none() {
        return PlaybackFailure.NO_PICTURE.because(
                "It is made when something with pictures is rendered; a storyboard, when all is.");
    }

    private Response picture(HttpServerRequest request, Picture picture, String cacheControl) {
        return bytes.answer(
                request,
                new Representation(
                        List.of(StoredPiece.whole(picture.objectKey(), picture.sizeBytes())),
                        JPEG,
                        EntityTags.strong(picture.objectKey()),
                        cacheControl,
                        null));
    }
}
