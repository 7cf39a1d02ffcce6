package io.tapedeck.playback.delivery;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.playback.EntityTags;
import io.tapedeck.playback.PlaybackFailure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/// Answers requests for stored bytes: whole or a range (RFC 9110 §14), or that the client has them
/// already (§13). Bytes go through a small buffer; a client that reads slowly holds up nobody.
@ApplicationScoped
class HttpBytes {

    private static final Logger LOG = Logger.getLogger(HttpBytes.class);

    private final ObjectStore store;

    HttpBytes(ObjectStore store) {
        this.store = store;
    }

    Response answer(HttpServerRequest request, Representation offered) {
        if (EntityTags.anyMatches(
                request.getHeader(HttpHeaders.IF_NONE_MATCH), offered.entityTag())) {
            return headers(Response.notModified(), offered).build();
        }
        long sizeBytes = offered.sizeBytes();
        return switch (selection(request, offered, sizeBytes)) {
            case ByteSelection.Whole _ -> body(request, Response.ok(), offered, 0, sizeBytes - 1);
            case ByteSelection.Part part ->
                    body(
                            request,
                            Response.status(Response.Status.PARTIAL_CONTENT)
                                    .header(
                                            "Content-Range",
                                            "bytes %d-%d/%d"
                                                    .formatted(
                                                            part.first(), part.last(), sizeBytes)),
                            offered,
                            part.first(),
                            part.last());
            case ByteSelection.Unsatisfiable _ ->
                    Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                            .header("Content-Range", "bytes */" + sizeBytes)
                            .build();
        };
    }

    /// Ranges are defined for GET only (§14.2): HEAD says how long the whole is.
    private static ByteSelection selection(
            HttpServerRequest request, Representation offered, long sizeBytes) {
        if (!request.method().equals(HttpMethod.GET)) {
            return new ByteSelection.Whole();
        }
        return ByteSelection.of(
                request.getHeader("Range"),
                request.getHeader("If-Range"),
                offered.entityTag(),
                sizeBytes);
    }

    private Response body(
            HttpServerRequest request,
            Response.ResponseBuilder answer,
            Representation offered,
            long first,
            long last) {
        headers(answer, offered)
                .type(offered.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, last - first + 1);
        if (offered.disposition() != null) {
            answer.header(HttpHeaders.CONTENT_DISPOSITION, offered.disposition());
        }
        if (!request.method().equals(HttpMethod.HEAD) && last >= first) {
            answer.entity(opened(StoredPiece.cut(offered.pieces(), first, last)));
        }
        return answer.build();
    }

    private PieceStream opened(List<StoredPiece> pieces) {
        try {
            return PieceStream.open(store, pieces);
        } catch (FileNotFoundException e) {
            LOG.errorf("object is gone key=%s", pieces.getFirst().objectKey());
            throw PlaybackFailure.OBJECT_GONE.because(
                    "The bytes were removed from the store, or the store lost them.");
        } catch (IOException e) {
            LOG.warnf("store does not answer: %s", e.getMessage());
            throw PlaybackFailure.STORE_AWAY.because("Ask again in a moment.");
        }
    }

    private static Response.ResponseBuilder headers(
            Response.ResponseBuilder answer, Representation offered) {
        return answer.header(HttpHeaders.ETAG, offered.entityTag())
                .header(HttpHeaders.CACHE_CONTROL, offered.cacheControl())
                .header("Accept-Ranges", "bytes");
    }
}
