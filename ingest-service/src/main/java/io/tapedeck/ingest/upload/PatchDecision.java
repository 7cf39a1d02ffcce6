package io.tapedeck.ingest.upload;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What becomes of a wish to append, before its bytes are read.
sealed interface PatchDecision {

    /// Read them.
    ///
    /// @param lengthBytes how long the upload is from now on; null while not known
    record Append(@Nullable Long lengthBytes) implements PatchDecision {}

    /// It takes no bytes any more.
    record Over(UploadState state) implements PatchDecision {}

    /// It never took any.
    record Joined() implements PatchDecision {}

    /// It stands elsewhere.
    record OffsetWrong(long offsetBytes) implements PatchDecision {}

    /// It has another length, or more bytes than that already.
    record LengthFixed(long lengthBytes) implements PatchDecision {}

    /// It would become longer than any may be.
    record TooLarge(long maxBytes) implements PatchDecision {}

    /// More bytes are announced than fit.
    record Overlong(long roomBytes) implements PatchDecision {}

    /// @param offsetBytes where the client wants to go on
    /// @param lengthBytes how long it says the upload is; null when it does not
    /// @param bodyBytes how many bytes it announces; 0 when it does not
    record Wish(long offsetBytes, @Nullable Long lengthBytes, long bodyBytes) {}

    static PatchDecision of(Upload upload, Wish wish, Instant now, long maxBytes) {
        UploadState state = upload.stateAt(now);
        if (state == UploadState.TERMINATED || state == UploadState.EXPIRED) {
            return new Over(state);
        }
        if (upload.kind() == UploadKind.FINAL || upload.kind() == UploadKind.FORM) {
            return new Joined();
        }
        if (wish.offsetBytes() != upload.offsetBytes()) {
            return new OffsetWrong(upload.offsetBytes());
        }
        return withLength(upload, wish, maxBytes);
    }

    private static PatchDecision withLength(Upload upload, Wish wish, long maxBytes) {
        Long known = upload.lengthBytes();
        Long wished = wish.lengthBytes();
        if (known != null && wished != null && !known.equals(wished)) {
            return new LengthFixed(known);
        }
        if (known == null && wished != null && wished < upload.offsetBytes()) {
            return new LengthFixed(upload.offsetBytes());
        }
        Long length = known == null ? wished : known;
        if (length != null && length > maxBytes) {
            return new TooLarge(maxBytes);
        }
        long room = (length == null ? maxBytes : length) - upload.offsetBytes();
        return wish.bodyBytes() > room ? new Overlong(room) : new Append(length);
    }
}
