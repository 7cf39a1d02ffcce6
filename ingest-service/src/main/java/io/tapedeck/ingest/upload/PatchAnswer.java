package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import org.jspecify.annotations.Nullable;

/// The one place where a decision about appending becomes an answer.
final class PatchAnswer {

    private PatchAnswer() {}

    /// How long the upload is from now on; null while not known.
    ///
    /// @throws ProblemException it was no
    static @Nullable Long lengthOf(PatchDecision decision) {
        return switch (decision) {
            case PatchDecision.Append(var length) -> length;
            case PatchDecision.Over(UploadState state) -> throw over(state);
            case PatchDecision.Joined _ ->
                    throw new ProblemException(
                            IngestProblem.UPLOAD_FINAL,
                            "Nothing can be added. Create another upload for other bytes.");
            case PatchDecision.OffsetWrong(long offset) ->
                    throw new ProblemException(
                                    IngestProblem.UPLOAD_OFFSET_WRONG,
                                    "Go on from offset %d.".formatted(offset))
                            .with("offset", offset);
            case PatchDecision.LengthFixed(long length) ->
                    throw new ProblemException(
                                    IngestProblem.UPLOAD_LENGTH_FIXED,
                                    "It is %d and stays so.".formatted(length))
                            .with("length", length);
            case PatchDecision.TooLarge(long most) -> throw TusCreation.tooLarge(most);
            case PatchDecision.Overlong(long room) -> throw overlong(room);
        };
    }

    /// @param state one that takes no bytes any more
    static ProblemException over(UploadState state) {
        return state == UploadState.EXPIRED
                ? new ProblemException(
                        IngestProblem.UPLOAD_EXPIRED, "Create another upload and begin anew.")
                : new ProblemException(
                        IngestProblem.UPLOAD_TERMINATED,
                        "It was terminated, or its session was deleted.");
    }

    /// @param roomBytes what it has room for
    static ProblemException overlong(long roomBytes) {
        return new ProblemException(
                        IngestProblem.UPLOAD_OVERLONG,
                        "It has room for %d bytes.".formatted(roomBytes))
                .with("roomBytes", roomBytes);
    }
}
