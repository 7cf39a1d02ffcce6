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
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    private static final Duration SOON = Duration.ofSeconds(1);

    private final CatalogRepository catalog;
    private final Addresses addresses;
    private final Duration endedMaxAge;

    /// All viewers of a session ask for the same ones.
    private final Kept<Wording, String> kept;

    private final PlaylistTexts texts;

    /// Which playlist in which state.
    ///
    /// @param address identifies the playlist
    /// @param version identifies what it said
    private record Wording(String address, String version) {}

    PlaylistResource(CatalogRepository catalog, Addresses addresses, PlaybackConfig config) {
        this.catalog = catalog;
        this.addresses = addresses;
        this.endedMaxAge = config.playlist().endedMaxAge();
        this.kept = new Kept<>(config.playlist().keptChars(), String::length);
        this.texts = new PlaylistTexts(catalog, addresses, config.playlist().keptWindows());
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
                playable.stream().map(one -> version(story, one)).collect(Collectors.joining(" "));
        return answer(
                new Wording(sessionId, version),
                ifNoneMatch,
                ended ? endedMaxAge : maxAge(playable),
                () -> texts.master(story, playable));
    }

    @GET
    @Path("{rendition}/index.m3u8")
    @Operation(
            summary = "The playlist of one rendition",
            description =
                    "Grows while the session is recorded; ends when it is complete. That of a"
                            + " camera loses what is older than its history.")
    @APIResponse(responseCode = "200", description = "Segments and gaps, ascending")
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
            @Parameter(description = "How many windows it has, where that was known from the start")
                    @QueryParam("windows")
                    @Nullable Long windowCount,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        SessionStory story = catalog.session(sessionId).orElseThrow(PlaybackFailure::noSession);
        RenditionProgress rendition =
                generation == null ? shown(story, name) : generation(story, name, generation);
        if (rendition.listedAhead()) {
            return ahead(sessionId, rendition, windowCount, ifNoneMatch);
        }
        boolean ended = rendition.ended();
        return answer(
                new Wording(sessionId + "/" + name, version(story, rendition)),
                ifNoneMatch,
                ended ? endedMaxAge : liveMaxAge(layout(rendition)),
                () -> texts.media(story, rendition));
    }

    private Response ahead(
            String sessionId,
            RenditionProgress rendition,
            @Nullable Long windowCount,
            @Nullable String ifNoneMatch) {
        boolean ended = rendition.foreseenWhole();
        boolean whole =
                ended && windowCount != null && windowCount == rendition.foreseen().windows();
        Set<Long> gaps = rendition.hasGaps() ? catalog.gaps(sessionId, rendition) : Set.of();
        String version =
                "%s %d %d %b %b %d"
                        .formatted(
                                rendition.name(),
                                rendition.generation(),
                                rendition.foreseen().windows(),
                                ended,
                                whole,
                                gaps.size());
        return answer(
                new Wording(sessionId + "/" + rendition.name(), version),
                ifNoneMatch,
                ended ? endedMaxAge : SOON,
                () -> texts.ahead(sessionId, rendition, whole, gaps));
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

    /// The tag is weak, because the bytes on the way may be compressed or not.
    private Response answer(
            Wording key, @Nullable String ifNoneMatch, Duration maxAge, Supplier<String> text) {
        String tag = EntityTags.weak(key + addresses.cdnOrigin());
        Response.ResponseBuilder answer =
                EntityTags.anyMatches(ifNoneMatch, tag)
                        ? Response.notModified()
                        : Response.ok(kept(key, text), MEDIA_TYPE);
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge.toSeconds())
                .build();
    }

    private String kept(Wording key, Supplier<String> text) {
        return kept.get(key)
                .orElseGet(() -> {
                    String written = text.get();
                    kept.keep(key, written);
                    return written;
                });
    }

    /// What a playlist says follows from this: listed windows never change.
    private static String version(SessionStory story, RenditionProgress rendition) {
        return "%s %d %d %d %b %d %d %d %b"
                .formatted(
                        rendition.name(),
                        rendition.generation(),
                        rendition.listedSegments() == 0 ? story.log().sizeBytes() : 0,
                        rendition.foreseen().windows(),
                        rendition.foreseenWhole(),
                        rendition.dropped().windows(),
                        rendition.listedWindows(),
                        rendition.listedTicks(),
                        rendition.ended());
    }

    /// A player asks again after a target duration, or half of it when nothing was new; a cache
    /// that answers older than that would hold it up.
    private static Duration liveMaxAge(Layout layout) {
        return Duration.ofSeconds(Math.max(1, layout.targetDurationSeconds() / 2));
    }

    /// What is measured of the first segments alone is soon better known.
    private static Duration maxAge(List<RenditionProgress> playable) {
        RenditionProgress first = playable.getFirst();
        return first.listedAhead() ? SOON : liveMaxAge(layout(first));
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
