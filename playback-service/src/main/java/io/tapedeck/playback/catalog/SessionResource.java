package io.tapedeck.playback.catalog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerOnly;
import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.Cursor;
import io.tapedeck.playback.PlaybackFailure;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Sessions to look at. They are made and deleted at ingest's doors.
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sessions")
class SessionResource {

    private final CatalogRepository catalog;
    private final Addresses addresses;
    private final Clock clock;

    SessionResource(CatalogRepository catalog, Addresses addresses, Clock clock) {
        this.catalog = catalog;
        this.addresses = addresses;
        this.clock = clock;
    }

    @GET
    @OwnerOnly
    @Operation(summary = "All sessions, newest first", description = "For the owner.")
    @APIResponse(responseCode = "200", description = "A page of sessions")
    @APIResponse(responseCode = "400", description = "invalid-query")
    @APIResponse(responseCode = "401", description = "owner-only")
    public SessionView.Page list(
            @Parameter(
                            description =
                                    "Only sessions in this state: recording, interrupted,"
                                            + " completing, ready or failed")
                    @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "Only sessions with these characters in the title")
                    @QueryParam("q")
                    @Size(max = 200)
                    @Nullable String words,
            @Parameter(description = "What `next` of the page before said") @QueryParam("cursor")
                    @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        SessionState wanted = state == null || state.isEmpty() ? null : state(state);
        Cursor after = cursor == null || cursor.isEmpty() ? null : cursor(cursor);
        List<SessionStory> found = catalog.page(wanted, words, after, limit + 1);
        List<SessionStory> shown = found.subList(0, Math.min(limit, found.size()));
        return new SessionView.Page(
                catalog.sheets(shown).stream().map(this::view).toList(),
                found.size() > limit ? next(shown.getLast()) : null);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One session", description = "For everybody who has its link.")
    @APIResponse(responseCode = "200", description = "The session as it is now")
    @APIResponse(responseCode = "404", description = "session-not-found")
    public SessionView one(@PathParam("id") String id) {
        SessionStory story = catalog.session(id).orElseThrow(PlaybackFailure::noSession);
        return view(catalog.sheets(List.of(story)).getFirst());
    }

    private SessionView view(SessionSheet sheet) {
        return sheet.view(
                Objects.requireNonNull(sheet.story().opening()), addresses, clock.instant());
    }

    private static String next(SessionStory last) {
        return new Cursor(Objects.requireNonNull(last.opening()).at(), last.id()).text();
    }

    private static SessionState state(String word) {
        return SessionState.of(word)
                .orElseThrow(() ->
                        PlaybackFailure.INVALID_QUERY.because(
                                "Use one of the states recording, interrupted, completing,"
                                        + " ready, failed."));
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text)
                .orElseThrow(() ->
                        PlaybackFailure.INVALID_QUERY.because(
                                "Pass the cursor on as the page before gave it, or leave"
                                        + " it out to start again."));
    }
}
