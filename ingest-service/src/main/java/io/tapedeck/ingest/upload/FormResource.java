package io.tapedeck.ingest.upload;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.TakesBytes;
import io.tapedeck.ingest.session.SessionAddresses;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The doors of files that come in one request, as a form.
@Path("/")
@TakesBytes
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class FormResource {

    /// What surrounds a file of the largest size in its form, at most.
    private static final long FORM_BYTES = 1 << 20;

    private final FormPublisher forms;
    private final IngestConfig config;

    FormResource(FormPublisher forms, IngestConfig config) {
        this.forms = forms;
        this.config = config;
    }

    /// A file that has become a session.
    ///
    /// @param title as it is shown
    /// @param sourceUrl the bytes as they came
    public record UploadedFile(
            String id,
            String state,
            Instant createdAt,
            String title,
            String mimeType,
            long sizeBytes,
            long chunks,
            String playlistUrl,
            String watchUrl,
            String sourceUrl) {}

    /// The same for clients that want one address.
    public record SimpleFile(String playlist, String id, String watch) {}

    @POST
    @Path("api/v1/uploads")
    @OwnerOnly
    @Operation(
            summary = "Send a file",
            description =
                    "multipart/form-data: 'file', and 'title' before it. 201, 400, 401, 413, 415,"
                            + " 429, 503")
    public Response upload(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            @Context UriInfo uri,
            InputStream body) {
        var stored = store(contentType, contentLength, body);
        Upload upload = stored.upload();
        var addresses = addresses(uri, upload);
        return Response.created(URI.create(addresses.session()))
                .entity(
                        new UploadedFile(
                                upload.session(),
                                "completing",
                                upload.createdAt(),
                                stored.file().title(),
                                stored.file().mimeType(),
                                upload.offsetBytes(),
                                upload.pieceCount(),
                                addresses.playlist(),
                                addresses.watch(),
                                addresses.source()))
                .build();
    }

    @POST
    @Path("upload")
    @OwnerOnly
    @Operation(
            summary = "Send a file, get its playlist",
            description = "multipart/form-data: 'file'. 200, and the refusals of /api/v1/uploads")
    public SimpleFile simple(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            @Context UriInfo uri,
            InputStream body) {
        Upload upload = store(contentType, contentLength, body).upload();
        var addresses = addresses(uri, upload);
        return new SimpleFile(addresses.playlist(), upload.session(), addresses.watch());
    }

    private FormPublisher.Stored store(
            @Nullable String contentType, @Nullable String contentLength, InputStream body) {
        String boundary = boundary(contentType);
        long most = config.limits().sessionBytes();
        if (contentLength != null && Long.parseLong(contentLength) - FORM_BYTES > most) {
            throw TusCreation.tooLarge(most);
        }
        return forms.store(body, boundary);
    }

    private SessionAddresses addresses(UriInfo uri, Upload upload) {
        return SessionAddresses.of(config.publicUrl(), uri.getBaseUri(), upload.session());
    }

    private static String boundary(@Nullable String contentType) {
        try {
            MediaType type = MediaType.valueOf(contentType == null ? "" : contentType);
            String boundary = type.getParameters().get("boundary");
            if (MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type) && boundary != null) {
                return boundary;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same answer.
        }
        throw new ProblemException(
                IngestProblem.UPLOAD_TYPE_WRONG, "Send multipart/form-data with a boundary.");
    }
}
