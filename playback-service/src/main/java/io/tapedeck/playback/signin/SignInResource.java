package io.tapedeck.playback.signin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.access.OwnerKey;
import io.tapedeck.playback.PlaybackConfig;
import io.tapedeck.playback.PlaybackFailure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Lets the owner's browser in. The cookie is out of reach of scripts and stays at home when other
/// sites send requests here.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sign-in")
class SignInResource {

    private static final int YEAR_SECONDS = (int) Duration.ofDays(365).toSeconds();

    private final OwnerKey ownerKey;
    private final GuessLimit limit;
    private final boolean https;

    SignInResource(OwnerKey ownerKey, PlaybackConfig config, Clock clock) {
        this.ownerKey = ownerKey;
        this.limit = new GuessLimit(config.signIn().guesses(), config.signIn().guessEvery(), clock);
        this.https = config.publicUrl().filter(url -> url.startsWith("https:")).isPresent();
    }

    /// What the owner knows.
    record Proof(@NotNull String key) {}

    /// Who is asking.
    ///
    /// @param owner whether they may do everything
    record Standing(boolean owner) {}

    @GET
    @Path("sign-in")
    @Operation(summary = "Whether this client is signed in as the owner")
    @APIResponse(responseCode = "200", description = "`owner` says it")
    public Standing standing(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @CookieParam(OwnerKey.COOKIE) @Nullable String cookie) {
        return new Standing(ownerKey.opens(authorization, cookie));
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sign in with the owner key", description = "Sets a cookie.")
    @APIResponse(responseCode = "204", description = "Signed in")
    @APIResponse(responseCode = "401", description = "wrong-key")
    @APIResponse(responseCode = "429", description = "too-many-guesses; see Retry-After")
    public Response signIn(@Valid @NotNull Proof proof, @Context HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        Duration wait = limit.waitFor(address);
        if (wait.isPositive()) {
            throw PlaybackFailure.TOO_MANY_GUESSES
                    .because("Wait as long as Retry-After says, then try again.")
                    .retryAfter(wait);
        }
        if (!ownerKey.opens(proof.key())) {
            limit.wrong(address);
            throw PlaybackFailure.WRONG_KEY.because(
                    "Use the key that was printed at the first start, or that is configured as"
                            + " TAPEDECK_OWNER_KEY.");
        }
        limit.right(address);
        return Response.noContent().cookie(cookie(proof.key(), YEAR_SECONDS)).build();
    }

    @POST
    @Path("sign-out")
    @Operation(summary = "Sign out", description = "Takes the cookie back.")
    @APIResponse(responseCode = "204", description = "Signed out")
    public Response signOut() {
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    private NewCookie cookie(String value, int maxAgeSeconds) {
        return new NewCookie.Builder(OwnerKey.COOKIE)
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(https)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAgeSeconds)
                .build();
    }
}
