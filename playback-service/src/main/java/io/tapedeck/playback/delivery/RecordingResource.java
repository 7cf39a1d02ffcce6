package io.tapedeck.playback.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.playback.EntityTags;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.delivery.RecordingRepository.Recording;
import io.tapedeck.transcode.contract.ExportFormat;
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

/// Files of what came as frames, under names that follow from who sent them and when. Such names
/// can be guessed, so they are for the owner.
@Path("/recordings")
@RunOnVirtualThread
@Tag(name = "Watch")
class RecordingResource {

    private static final String CACHE_CONTROL = "private, no-cache";

    private final RecordingRepository recordings;
    private final HttpBytes bytes;

    RecordingResource(RecordingRepository recordings, HttpBytes bytes) {
        this.recordings = recordings;
        this.bytes = bytes;
    }

    /// Finished files, newest first.
    record RecordingList(List<String> video, List<String> audio) {}

    @GET
    @OwnerOnly
    @Operation(summary = "Finished files of what came as frames", description = "For the owner.")
    @APIResponse(responseCode = "200", description = "Names, newest first")
    @APIResponse(responseCode = "401", description = "owner-only")
    public RecordingList list() {
        List<Recording> finished = recordings.finished();
        return new RecordingList(
                names(finished, ExportFormat.FRAMES_MP4), names(finished, ExportFormat.WAV));
    }

    @GET
    @Path("{name}")
    @OwnerOnly
    @Operation(summary = "One of these files", description = "For the owner.")
    @APIResponse(responseCode = "200", description = "MP4 or WAV")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(responseCode = "401", description = "owner-only")
    @APIResponse(responseCode = "404", description = "no-recording")
    @APIResponse(responseCode = "416", description = "The range is outside the file")
    public Response file(@PathParam("name") String name, @Context HttpServerRequest request) {
        Recording recording =
                recordings
                        .named(name)
                        .orElseThrow(() ->
                                PlaybackFailure.NO_RECORDING.because(
                                        "GET /recordings lists what there is."));
        return bytes.answer(
                request,
                new Representation(
                        List.of(StoredPiece.whole(recording.objectKey(), recording.sizeBytes())),
                        ExportFormat.contentType(recording.format()),
                        EntityTags.strong(recording.objectKey()),
                        CACHE_CONTROL,
                        null));
    }

    private static List<String> names(List<Recording> recordings, String format) {
        return recordings.stream()
                .filter(recording -> recording.format().equals(format))
                .map(Recording::name)
                .toList();
    }
}
