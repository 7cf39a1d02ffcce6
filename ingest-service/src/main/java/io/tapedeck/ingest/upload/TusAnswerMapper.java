package io.tapedeck.ingest.upload;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Makes answers of uploads: what tus says, it says in header fields.
final class TusAnswerMapper {

    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,"
                    + "concatenation";

    /// RFC 9110 §5.6.7.
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private TusAnswerMapper() {}

    /// What the door can do.
    ///
    /// @param maxBytes of an upload
    static Response options(long maxBytes) {
        return Response.noContent()
                .header("Tus-Version", TusFilter.VERSION)
                .header("Tus-Max-Size", maxBytes)
                .header("Tus-Extension", EXTENSIONS)
                .header("Tus-Checksum-Algorithm", UploadChecksum.ALGORITHMS)
                .build();
    }

    /// How far an upload is.
    static Response head(Upload upload) {
        var answer =
                Response.ok()
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("Upload-Offset", upload.offsetBytes());
        if (upload.lengthBytes() == null) {
            answer.header("Upload-Defer-Length", 1);
        } else {
            answer.header("Upload-Length", upload.lengthBytes());
        }
        if (!upload.metadata().isEmpty()) {
            answer.header("Upload-Metadata", upload.metadata());
        }
        if (!upload.concat().isEmpty()) {
            answer.header("Upload-Concat", upload.concat());
        }
        return expiring(answer, upload).build();
    }

    /// Adds until when the upload can be gone on with, if that ends.
    static Response.ResponseBuilder expiring(Response.ResponseBuilder answer, Upload upload) {
        return upload.expires()
                ? answer.header("Upload-Expires", HTTP_DATE.format(upload.expiresAt()))
                : answer;
    }
}
