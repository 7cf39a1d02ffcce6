package io.tapedeck.playback.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.playback.PlaybackFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a finished session was found to be.
@Path("/api/v1/sessions/{id}/report")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sessions")
class ReportResource {

    private final ReportRepository reports;

    ReportResource(ReportRepository reports) {
        this.reports = reports;
    }

    @GET
    @Operation(
            summary = "Whether a finished session is whole, in plain words",
            description = "For everybody who has its link.")
    @APIResponse(responseCode = "200", description = "What the newest check found")
    @APIResponse(responseCode = "404", description = "session-not-found, not-yet-checked")
    public ReportView report(@PathParam("id") String id) {
        if (!reports.isVisible(id)) {
            throw PlaybackFailure.noSession();
        }
        return reports.report(id)
                .orElseThrow(() ->
                        PlaybackFailure.NOT_YET_CHECKED.because(
                                "A recording is checked as soon as it is complete and rendered."
                                        + " Ask again then."));
    }
}
