package io.tapedeck.playback.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.catalog.WindowOutcome.Segment;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Segments. What is at such an address never changes, so caches may keep it for ever.
@Path("/hls/{session}/{rendition}/{window: [0-9]{1,18}}-{digest: [0-9a-f]{1,128}}.ts")
@RunOnVirtualThread
@Tag(name = "Watch")
class SegmentResource {

    private static final String MPEG_TS = "video/mp2t";

    private final CatalogRepository catalog;
    private final HttpBytes bytes;

    SegmentResource(CatalogRepository catalog, HttpBytes bytes) {
        this.catalog = catalog;
        this.bytes = bytes;
    }

    @GET
    @Operation(summary = "A segment", description = "Its address comes from a playlist.")
    @APIResponse(responseCode = "200", description = "MPEG-TS")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "404", description = "segment-not-found")
    @APIResponse(responseCode = "416", description = "The range is outside the segment")
    public Response segment(
            @PathParam("session") String sessionId,
            @PathParam("rendition") String rendition,
            @PathParam("window") long window,
            @PathParam("digest") String digest,
            @Context HttpServerRequest request) {
        Segment segment =
                catalog.segment(sessionId, rendition, window, digest)
                        .orElseThrow(() ->
                                PlaybackFailure.SEGMENT_NOT_FOUND.because(
                                        "Take the address from the playlist again."));
        return bytes.answer(request, representation(segment));
    }

    static Representation representation(Segment segment) {
        return new Representation(
                List.of(StoredPiece.whole(segment.objectKey(), segment.sizeBytes())),
                MPEG_TS,
                '"' + segment.digest() + '"',
                Representation.IMMUTABLE,
                null);
    }
}
