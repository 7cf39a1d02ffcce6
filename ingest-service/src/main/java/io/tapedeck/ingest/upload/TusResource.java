package io.tapedeck.ingest.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerKey;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.TakesBytes;
import io.tapedeck.ingest.session.SessionAddresses;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The doors of resumable uploads: tus 1.0.0 (https://tus.io/protocols/resumable-upload).
@Path(TusResource.PATH)
@TakesBytes
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class TusResource {

    static final String PATH = "/api/v1/files";

    private static final String OFFSET_STREAM = "application/offset+octet-stream";

    private final CreationPublisher creations;
    private final UploadPublisher uploads;
    private final UploadStreamPublisher streams;
    private final IngestConfig config;

    TusResource(
            CreationPublisher creations,
            UploadPublisher uploads,
            UploadStreamPublisher streams,
            IngestConfig config) {
        this.creations = creations;
        this.uploads = uploads;
        this.streams = streams;
        this.config = config;
    }

    /// What the creator of an upload may want to know beside the protocol. Addresses to watch are
    /// absent for a partial upload.
    ///
    /// @param uploadToken writes this upload in the owner's place; said only here
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CreatedFile(
            String id,
            String state,
            Instant createdAt,
            String fileUrl,
            String uploadToken,
            @Nullable String playlistUrl,
            @Nullable String watchUrl) {}

    @OPTIONS
    @Operation(summary = "What this door can do", description = "204")
    public Response options() {
        return TusAnswerMapper.options(config.limits().sessionBytes());
    }

    @OPTIONS
    @Path("{id}")
    @Operation(summary = "What this door can do", description = "204")
    public Response optionsOfFile(@PathParam("id") String id) {
        return options();
    }

    @POST
    @OwnerOnly
    @Operation(
            summary = "Create an upload",
            description =
                    "201, 400, 401, 409 parts that cannot be joined, 412, 413, 429, 431; with bytes"
                            + " also the answers of PATCH")
    public Response create(
            @HeaderParam("Upload-Length") @Nullable String length,
            @HeaderParam("Upload-Defer-Length") @Nullable String deferLength,
            @HeaderParam("Upload-Metadata") @Nullable String metadata,
            @HeaderParam("Upload-Concat") @Nullable String concat,
            @HeaderParam("Upload-Checksum") @Nullable String checksum,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            @Context UriInfo uri,
            @Nullable InputStream body) {
        var headers = new TusCreation.Headers(length, deferLength, metadata, concat);
        TusCreation wish = TusCreation.of(headers, config.limits().sessionBytes());
        Optional<UploadChecksum> expected = UploadChecksum.of(checksum);
        var created = creations.create(wish);
        Upload upload = created.upload();
        boolean withBytes = isOffsetStream(contentType) && wish.kind() != UploadKind.FINAL;
        if (withBytes && body != null) {
            upload = first(upload, body, number(contentLength), expected);
        }
        var addresses = addresses(uri, upload.id());
        var answer =
                Response.created(URI.create(addresses.file()))
                        .entity(answer(upload, created.token(), addresses));
        if (withBytes) {
            answer.header("Upload-Offset", upload.offsetBytes());
        }
        return TusAnswerMapper.expiring(answer, upload).build();
    }

    @HEAD
    @Path("{id}")
    @Operation(
            summary = "How far an upload is",
            description = "Owner or upload token. 200, 401, 404, 410, 412")
    public Response head(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @CookieParam(OwnerKey.COOKIE) @Nullable String cookie) {
        Upload upload = uploads.look(id, new UploadRepository.Credentials(authorization, cookie));
        return TusAnswerMapper.head(upload);
    }

    @PATCH
    @Path("{id}")
    @Operation(
            summary = "Append bytes",
            description =
                    "Owner or upload token. 204, 400, 401, 403, 404, 408, 409 another offset, 410,"
                            + " 412, 413, 415, 423 a later request took over, 460 checksum"
                            + " mismatch, 503")
    public Response patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @CookieParam(OwnerKey.COOKIE) @Nullable String cookie,
            @HeaderParam("Upload-Offset") @Nullable String offset,
            @HeaderParam("Upload-Length") @Nullable String length,
            @HeaderParam("Upload-Checksum") @Nullable String checksum,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            @Nullable InputStream body) {
        uploads.look(id, new UploadRepository.Credentials(authorization, cookie));
        if (!isOffsetStream(contentType)) {
            throw new ProblemException(
                    IngestProblem.UPLOAD_TYPE_WRONG, "Send the bytes as " + OFFSET_STREAM + ".");
        }
        Long from = TusCreation.number("Upload-Offset", offset);
        if (from == null) {
            throw TusCreation.invalid("Upload-Offset is missing.");
        }
        Optional<UploadChecksum> expected = UploadChecksum.of(checksum);
        long bodyBytes = number(contentLength);
        var wish =
                new PatchDecision.Wish(
                        from, TusCreation.number("Upload-Length", length), Math.max(0, bodyBytes));
        Progress claimed = uploads.claim(id, wish);
        Upload upload =
                body == null ? claimed.upload() : receive(claimed, body, bodyBytes, expected);
        var answer = Response.noContent().header("Upload-Offset", upload.offsetBytes());
        return TusAnswerMapper.expiring(answer, upload).build();
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Give an upload up",
            description =
                    "Owner, or upload token while it is not complete. 204, 401, 404, 410, 412")
    public Response terminate(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @CookieParam(OwnerKey.COOKIE) @Nullable String cookie) {
        var credentials = new UploadRepository.Credentials(authorization, cookie);
        Upload upload = uploads.look(id, credentials);
        if (!upload.expires()) {
            uploads.requireOwner(credentials);
        }
        uploads.end(id, UploadState.TERMINATED);
        return Response.noContent().build();
    }

    /// The bytes that come with a creation. Nobody learns the address when they fail, so nothing
    /// stays.
    private Upload first(
            Upload upload, InputStream body, long bodyBytes, Optional<UploadChecksum> expected) {
        try {
            var wish = new PatchDecision.Wish(0, null, Math.max(0, bodyBytes));
            return receive(uploads.claim(upload.id(), wish), body, bodyBytes, expected);
        } catch (RuntimeException e) {
            uploads.end(upload.id(), UploadState.TERMINATED);
            throw e;
        }
    }

    private Upload receive(
            Progress claimed, InputStream body, long bodyBytes, Optional<UploadChecksum> expected) {
        var digest = expected.map(UploadChecksum::digest).orElse(null);
        var arriving = new ArrivingBytes(body, bodyBytes, digest);
        Progress then =
                expected.isPresent()
                        ? streams.receiveChecked(claimed, arriving, expected.get())
                        : streams.receive(claimed, arriving);
        return then.upload();
    }

    private CreatedFile answer(Upload upload, String token, SessionAddresses addresses) {
        boolean plays = upload.hasSession();
        return new CreatedFile(
                upload.id(),
                upload.state().word(),
                upload.createdAt(),
                addresses.file(),
                token,
                plays ? addresses.playlist() : null,
                plays ? addresses.watch() : null);
    }

    private SessionAddresses addresses(UriInfo uri, String id) {
        return SessionAddresses.of(config.publicUrl(), uri.getBaseUri(), id);
    }

    private static boolean isOffsetStream(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().equalsIgnoreCase(OFFSET_STREAM);
    }

    private static long number(@Nullable String contentLength) {
        return contentLength == null ? -1 : Long.parseLong(contentLength);
    }
}
