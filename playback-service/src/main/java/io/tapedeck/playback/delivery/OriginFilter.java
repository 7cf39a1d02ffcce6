package io.tapedeck.playback.delivery;

import io.tapedeck.chassis.problem.Problem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/// Lets players on other sites watch: whoever has the link may, so there is nothing to protect from
/// them, and no cookie is looked at in these doors. Keeps browsers from guessing types.
class OriginFilter {

    private static final String DAY_SECONDS = "86400";

    @ServerRequestFilter(preMatching = true)
    @Nullable Response preflight(ContainerRequestContext request) {
        return HttpMethod.OPTIONS.equals(request.getMethod()) && open(request)
                ? Response.noContent().build()
                : null;
    }

    @ServerResponseFilter
    void mark(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("X-Content-Type-Options", "nosniff");
        if (!open(request)) {
            return;
        }
        headers.putSingle("Access-Control-Allow-Origin", "*");
        if (HttpMethod.OPTIONS.equals(request.getMethod())) {
            headers.putSingle("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
            headers.putSingle("Access-Control-Allow-Headers", "Range, If-Range, If-None-Match");
            headers.putSingle("Access-Control-Max-Age", DAY_SECONDS);
        } else {
            headers.putSingle(
                    "Access-Control-Expose-Headers",
                    "Accept-Ranges, Content-Range, Content-Length, ETag, Retry-After");
        }
        if (response.getMediaType() != null
                && response.getMediaType().toString().startsWith(Problem.MEDIA_TYPE)) {
            // A cache in front must not go on saying no when the first segment is there.
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static boolean open(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return path.startsWith("/hls/") || path.startsWith("/media/");
    }
}
