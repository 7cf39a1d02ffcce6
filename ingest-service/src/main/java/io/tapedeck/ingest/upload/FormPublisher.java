package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Takes the file of one form from its first byte to the session's completion.
@ApplicationScoped
class FormPublisher {

    private static final Logger LOG = Logger.getLogger(FormPublisher.class);
    private static final String FILE = "file";
    private static final int MAX_FIELD_BYTES = 64 << 10;
    private static final int MAX_FIELDS = 100;

    private final CreationPublisher creations;
    private final UploadPublisher uploads;
    private final UploadStreamPublisher streams;

    FormPublisher(
            CreationPublisher creations, UploadPublisher uploads, UploadStreamPublisher streams) {
        this.creations = creations;
        this.uploads = uploads;
        this.streams = streams;
    }

    /// A file that came whole.
    record Stored(Upload upload, FileDescription file) {}

    /// @param boundary between the parts
    /// @throws ProblemException nothing of it stays
    Stored store(InputStream body, String boundary) {
        try {
            var form = new FormStream(body, boundary);
            Optional<String> title = Optional.empty();
            for (int fields = 0; fields < MAX_FIELDS; fields++) {
                FormPart part = form.next().orElseThrow(FormPublisher::fileMissing);
                if (part.name().equals(FILE)) {
                    return store(form, part, title);
                }
                String text = text(part);
                title = part.name().equals("title") ? Optional.of(text) : title;
            }
            throw new FormStream.MalformedException("too many fields");
        } catch (FormStream.MalformedException e) {
            throw new ProblemException(
                    IngestProblem.FORM_MALFORMED,
                    "Send multipart/form-data as RFC 7578 has it (%s).".formatted(e.getMessage()));
        } catch (IOException e) {
            throw cutShort();
        }
    }

    private Stored store(FormStream form, FormPart part, Optional<String> title)
            throws IOException {
        var file =
                FileDescription.of(
                        title.filter(t -> !t.isBlank()), part.fileName(), part.contentType());
        Upload upload = creations.createForm(file).upload();
        try {
            Progress claimed = uploads.claimForm(upload.id());
            var bytes = new ArrivingBytes(part.body(), -1, null);
            Progress received = streams.receive(claimed, bytes);
            requireEnd(form);
            Progress finished = uploads.finish(upload.id(), received.upload().writer());
            return new Stored(finished.upload(), file);
        } catch (ProblemException e) {
            giveUp(upload.id());
            throw e.kind() == IngestProblem.UPLOAD_STALLED ? cutShort() : e;
        } catch (IOException | RuntimeException e) {
            giveUp(upload.id());
            throw e;
        }
    }

    /// Reads what follows the file.
    private static void requireEnd(FormStream form) throws IOException {
        for (int fields = 0; fields < MAX_FIELDS; fields++) {
            Optional<FormPart> part = form.next();
            if (part.isEmpty()) {
                return;
            }
            if (part.get().name().equals(FILE)) {
                throw new FormStream.MalformedException("one file for each form");
            }
            text(part.get());
        }
        throw new FormStream.MalformedException("too many fields");
    }

    private void giveUp(String uploadId) {
        try {
            uploads.end(uploadId, UploadState.TERMINATED);
        } catch (RuntimeException e) {
            LOG.warnf("left to expire upload=%s: %s", uploadId, e.getMessage());
        }
    }

    private static String text(FormPart part) throws IOException {
        byte[] bytes = part.body().readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) {
            throw new FormStream.MalformedException(
                    "the field '%s' is too long; the file's is named 'file'"
                            .formatted(part.name()));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ProblemException fileMissing() {
        return new ProblemException(
                IngestProblem.FILE_MISSING, "Send the bytes as the part 'file'.");
    }

    private static ProblemException cutShort() {
        return new ProblemException(
                IngestProblem.FORM_CUT_SHORT,
                "Nothing of it is kept. Send it again, or use /api/v1/files, which resumes.");
    }
}
