package io.tapedeck.playback.playlist;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.playback.Addresses;
import io.tapedeck.playback.EntityTags;
import io.tapedeck.playback.PlaybackConfig;
import io.tapedeck.playback.PlaybackFailure;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.catalog.Listings;
import io.tapedeck.playback.catalog.Outlook;
import io.tapedeck.playback.catalog.RenditionProgress;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.playback.catalog.SessionState;
import io.tapedeck.playback.catalog.SessionStory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The playlists of a session: the same addresses while it is recorded and after.
@Path("/hls/{session}")
@Produces(PlaylistResource.MEDIA_TYPE)
@RunOnVirtualThread
@Tag(name = "Watch")
class PlaylistResource {

    static final String MEDIA_TYPE = "application/vnd.apple.mpegurl";

    private final CatalogRepository catalog;
    private final Addresses addresses;
    private final Duration endedMaxAge;
    private final KeptTexts kept;
    private final KeptWindows windows;

    PlaylistResource(CatalogRepository catalog, Addresses addresses, PlaybackConfig config) {
        this.catalog = catalog;
        this.addresses = addresses;
        this.endedMaxAge = config.playlist().endedMaxAge();
        this.kept = new KeptTexts(config.playlist().keptChars());
        this.windows = new KeptWindows(config.playlist().keptWindows(), catalog::listed);
    }

    @GET
    @Path("master.m3u8")
    @Operation(
            summary = "The master playlist",
            description = "Give this to a player, live or later.")
    @APIResponse(responseCode = "200", description = "The renditions, with measured bandwidths")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(
            responseCode = "404",
            description = "session-not-found; not-yet-playable (come back); nothing-to-play")
    public Response master(
            @PathParam("session") String sessionId,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        SessionStory story = catalog.session(sessionId).orElseThrow(PlaybackFailure::noSession);
        List<RenditionProgress> playable = Listings.playable(catalog.shownRenditions(story));
        if (playable.isEmpty()) {
            throw nothingYet(story);
        }
        boolean ended = playable.stream().allMatch(RenditionProgress::ended);
        String version =
                playable.stream().map(PlaylistResource::version).collect(Collectors.joining(" "));
        return answer(
                new KeptTexts.Key(sessionId, version),
                ifNoneMatch,
                ended ? endedMaxAge : liveMaxAge(layout(playable.getFirst())),
                () -> master(sessionId, playable));
    }

    @GET
    @Path("{rendition}/index.m3u8")
    @Operation(
            summary = "The playlist of one rendition",
            description = "Grows while the session is recorded; ends when it is complete.")
    @APIResponse(responseCode = "200", description = "Segments and gaps, from the beginning")
    @APIResponse(responseCode = "304", description = "As If-None-Match has it")
    @APIResponse(
            responseCode = "404",
            description =
                    "session-not-found; rendition-not-found; not-yet-playable (come back);"
                            + " nothing-to-play")
    public Response media(
            @PathParam("session") String sessionId,
            @PathParam("rendition") String name,
            @Parameter(description = "Which rendering of it; the one that is shown if missing")
                    @QueryParam("generation")
                    @Nullable Integer generation,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        SessionStory story = catalog.session(sessionId).orElseThrow(PlaybackFailure::noSession);
        RenditionProgress rendition =
                generation == null ? shown(story, name) : generation(story, name, generation);
        boolean ended = rendition.ended();
        return answer(
                new KeptTexts.Key(sessionId + "/" + name, version(rendition)),
                ifNoneMatch,
                ended ? endedMaxAge : liveMaxAge(layout(rendition)),
                () -> media(sessionId, rendition, ended));
    }

    private RenditionProgress shown(SessionStory story, String name) {
        List<RenditionProgress> shown = catalog.shownRenditions(story);
        if (shown.isEmpty()) {
            throw nothingYet(story);
        }
        return playable(story, shown.stream().filter(r -> r.name().equals(name)));
    }

    private RenditionProgress generation(SessionStory story, String name, int generation) {
        return playable(
                story,
                catalog.renditions(story).stream()
                        .filter(r -> r.name().equals(name) && r.generation() == generation)
                        .filter(r -> !r.withdrawn()));
    }

    private static RenditionProgress playable(SessionStory story, Stream<RenditionProgress> found) {
        RenditionProgress rendition =
                found.findFirst()
                        .orElseThrow(() ->
                                PlaybackFailure.RENDITION_NOT_FOUND.because(
                                        "Take the address from master.m3u8."));
        if (!rendition.playable()) {
            throw nothingYet(story);
        }
        return rendition;
    }

    private String master(String sessionId, List<RenditionProgress> playable) {
        var variants = new LinkedHashMap<String, Variant>();
        for (RenditionProgress rendition : playable) {
            variants.put(
                    addresses.mediaPlaylistInMaster(rendition.name(), rendition.generation()),
                    Variant.measured(layout(rendition), windows.listed(sessionId, rendition)));
        }
        return MasterPlaylist.render(variants);
    }

    private String media(String sessionId, RenditionProgress rendition, boolean ended) {
        return MediaPlaylist.render(
                layout(rendition).targetDurationSeconds(),
                windows.listed(sessionId, rendition),
                ended,
                addresses.beforeSegment(sessionId, rendition.name()));
    }

    /// The tag is weak, because the bytes on the way may be compressed or not.
    private Response answer(
            KeptTexts.Key key,
            @Nullable String ifNoneMatch,
            Duration maxAge,
            Supplier<String> text) {
        String tag = EntityTags.weak(key + addresses.cdnOrigin());
        Response.ResponseBuilder answer =
                EntityTags.anyMatches(ifNoneMatch, tag)
                        ? Response.notModified()
                        : Response.ok(kept(key, text), MEDIA_TYPE);
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge.toSeconds())
                .build();
    }

    private String kept(KeptTexts.Key key, Supplier<String> text) {
        return kept.get(key)
                .orElseGet(() -> {
                    String written = text.get();
                    kept.keep(key, written);
                    return written;
                });
    }

    /// What a playlist says follows from this: listed windows never change.
    private static String version(RenditionProgress rendition) {
        return "%s %d %d %d %b"
                .formatted(
                        rendition.name(),
                        rendition.generation(),
                        rendition.listedWindows(),
                        rendition.listedTicks(),
                        rendition.ended());
    }

    /// A player asks again after a target duration, or half of it when nothing was new; a cache
    /// that answers older than that would hold it up.
    private static Duration liveMaxAge(Layout layout) {
        return Duration.ofSeconds(Math.max(1, layout.targetDurationSeconds() / 2));
    }

    private static Layout layout(RenditionProgress rendition) {
        return Objects.requireNonNull(rendition.layout());
    }

    private static ProblemException nothingYet(SessionStory story) {
        Outlook outlook = Outlook.of(story);
        return outlook.state() == SessionState.FAILED
                ? PlaybackFailure.NOTHING_TO_PLAY.because(
                        outlook.problem()
                                .map(Outlook.Problem::message)
                                .orElse("Nothing of it could be rendered."))
                : PlaybackFailure.NOT_YET_PLAYABLE.because(
                        "The first seconds are not rendered yet. Ask again in a second.");
    }
}
