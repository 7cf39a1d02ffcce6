package io.tapedeck.playback;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses addresses with a NUL: nothing has one in its name, and the database would call it an
/// error of ours.
class NulFilter {

    @ServerRequestFilter(preMatching = true)
    void refuse(ContainerRequestContext request) {
        if (request.getUriInfo().getRequestUri().toString().contains("%00")) {
            throw PlaybackFailure.INVALID_ADDRESS.because("Take the character NUL out of it.");
        }
    }
}
