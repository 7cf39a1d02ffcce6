package io.tapedeck.playback.delivery;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.catalog.RenditionProgress;
import io.tapedeck.playback.catalog.SegmentKey;
import io.tapedeck.playback.catalog.WindowOutcome;
import io.tapedeck.playback.demand.DemandRelay;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Segments under addresses that they have before they are rendered. Of a window the first result
/// is the only one, so what is at such an address never changes either.
@Path("/hls/{session}/{rendition}/{generation: [0-9]{1,9}}/{window: [0-9]{1,18}}.ts")
@RunOnVirtualThread
@Tag(name = "Watch")
class WindowResource {

    private final CatalogRepository catalog;
    private final DemandRelay demand;
    private final HttpBytes bytes;

    WindowResource(CatalogRepository catalog, DemandRelay demand, HttpBytes bytes) {
        this.catalog = catalog;
        this.demand = demand;
        this.bytes = bytes;
    }

    @GET
    @Operation(
            summary = "A segment, rendered now if it is not there yet",
            description =
                    "Its address comes from a playlist. While the segment is rendered the request is"
                            + " held.")
    @APIResponse(responseCode = "200", description = "MPEG-TS")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(
            responseCode = "404",
            description = "segment-not-found; also of a window that could not be rendered")
    @APIResponse(responseCode = "416", description = "The range is outside the segment")
    @APIResponse(responseCode = "503", description = "not-yet-rendered (come back)")
    public Response window(
            @PathParam("session") String sessionId,
            @PathParam("rendition") String rendition,
            @PathParam("generation") int generation,
            @PathParam("window") long window,
            @Context HttpServerRequest request)
            throws InterruptedException {
        var key = new SegmentKey(sessionId, rendition, generation, window);
        Optional<WindowOutcome> outcome = outcome(key);
        if (outcome.isEmpty() && isForeseen(key)) {
            demand.await(key, () -> !request.response().closed() && isForeseen(key));
            outcome = outcome(key);
        }
        if (outcome.isEmpty() && isForeseen(key)) {
            throw PlaybackFailure.NOT_YET_RENDERED.because(
                    "It is asked for. Ask again in a second.");
        }
        return answer(outcome, request);
    }

    private Response answer(Optional<WindowOutcome> outcome, HttpServerRequest request) {
        WindowOutcome known =
                outcome.orElseThrow(() ->
                        PlaybackFailure.SEGMENT_NOT_FOUND.because(
                                "Take the address from the playlist again."));
        return switch (known) {
            case WindowOutcome.Segment segment ->
                    bytes.answer(request, SegmentResource.representation(segment));
            case WindowOutcome.Missing missing ->
                    throw PlaybackFailure.SEGMENT_NOT_FOUND.because(
                            "This part could not be rendered: " + missing.reason());
        };
    }

    private Optional<WindowOutcome> outcome(SegmentKey key) {
        return QuarkusTransaction.requiringNew().call(() -> catalog.outcome(key));
    }

    /// Whether it is going to be rendered, as far as anybody knows now.
    private boolean isForeseen(SegmentKey key) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        catalog.session(key.sessionId()).stream()
                                .flatMap(story -> catalog.renditions(story).stream())
                                .filter(one -> one.name().equals(key.rendition()))
                                .filter(one -> one.generation() == key.generation())
                                .filter(one -> !one.withdrawn())
                                .map(RenditionProgress::foreseen)
                                .anyMatch(foreseen -> key.window() < foreseen.windows()));
    }
}
