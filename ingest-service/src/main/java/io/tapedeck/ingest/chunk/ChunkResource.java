package io.tapedeck.ingest.chunk;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The doors of the chunk log. All of them take the session's upload token.
@Path("/api/v1/sessions/{id}/chunks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ChunkResource {

    private final ChunkPublisher chunks;
    private final ChunkUploadPublisher uploads;
    private final IngestConfig config;

    ChunkResource(ChunkPublisher chunks, ChunkUploadPublisher uploads, IngestConfig config) {
        this.chunks = chunks;
        this.uploads = uploads;
        this.config = config;
    }

    /// @param received inclusive ranges of indexes, rising
    /// @param nextIndex the index after the highest one
    /// @param bytes of all chunks
    public record ReceivedChunks(List<List<Long>> received, long nextIndex, long bytes) {}

    @PUT
    @Path("{index}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Store a chunk",
            description =
                    "Raw bytes. 201 stored, 200 the same again, 400, 401, 404, 409 other bytes or a"
                            + " falling run, 410 closed or deleted, 413, 415, 422 digest mismatch,"
                            + " 429 and 503 with Retry-After")
    public Response put(
            @PathParam("id") String id,
            @PathParam("index") String index,
            @QueryParam("run") @Nullable String run,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            @HeaderParam("Content-Digest") @Nullable String contentDigest,
            InputStream body) {
        requireBytes(contentType);
        var upload =
                new ChunkUploadPublisher.Upload(
                        id,
                        number("index", index, config.limits().sessionChunks() - 1),
                        (int) number("run", run == null ? "0" : run, config.limits().runs()),
                        contentLength == null ? -1 : Long.parseLong(contentLength),
                        digest(contentDigest));
        boolean stored = uploads.store(upload, authorization, body);
        return Response.status(stored ? 201 : 200).build();
    }

    @GET
    @Operation(summary = "What came so far", description = "200, 401, 404")
    public ReceivedChunks get(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        ChunkPublisher.Received received = chunks.received(id, authorization);
        return new ReceivedChunks(
                received.indexes().ranges().stream()
                        .map(range -> List.of(range.first(), range.last()))
                        .toList(),
                received.indexes().nextIndex(),
                received.bytes());
    }

    private static long number(String name, String text, long highest) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same answer.
        }
        throw new ProblemException(
                IngestProblem.CHUNK_INVALID,
                "%s must be a whole number from 0 to %d.".formatted(name, highest));
    }

    private static void requireBytes(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        if (!type.startsWith("video/")
                && !type.startsWith("audio/")
                && !type.split(";", 2)[0].strip().equals(MediaType.APPLICATION_OCTET_STREAM)) {
            throw new ProblemException(
                    IngestProblem.CONTENT_TYPE_WRONG,
                    "Send the bytes as application/octet-stream, video/* or audio/*.");
        }
    }

    private static Optional<String> digest(@Nullable String header) {
        try {
            return ContentDigest.sha256(header);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    IngestProblem.DIGEST_MALFORMED,
                    "Send sha-256=:<base64>: or nothing (%s).".formatted(e.getMessage()));
        }
    }
}
