package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// What all requests of tus have in common (tus 1.0.0, Headers): the version of the protocol, and a
/// method that may stand in a header.
class TusFilter {

    static final String VERSION = "1.0.0";

    /// Before anybody looks at a key: whoever speaks another version cannot understand the answer.
    private static final int FIRST = 100;

    private static final String RESUMABLE = "Tus-Resumable";

    private static final Set<String> METHODS = Set.of("POST", "HEAD", "PATCH", "DELETE", "OPTIONS");

    /// For clients that know only GET and POST.
    @ServerRequestFilter(preMatching = true)
    void override(ContainerRequestContext request) {
        String method = request.getHeaderString("X-HTTP-Method-Override");
        if (method != null && isOurs(request)) {
            String wanted = method.strip().toUpperCase(Locale.ROOT);
            // What is no method here is left to the answer 405.
            request.setMethod(METHODS.contains(wanted) ? wanted : HttpMethod.GET);
        }
    }

    @ServerRequestFilter(priority = FIRST)
    void demand(ContainerRequestContext request) {
        if (isOurs(request)
                && !request.getMethod().equals(HttpMethod.OPTIONS)
                && !VERSION.equals(request.getHeaderString(RESUMABLE))) {
            throw new ProblemException(
                    IngestProblem.TUS_VERSION, "Send 'Tus-Resumable: %s'.".formatted(VERSION));
        }
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (isOurs(request)) {
            response.getHeaders().putSingle(RESUMABLE, VERSION);
            if (response.getStatus() == IngestProblem.TUS_VERSION.status()) {
                response.getHeaders().putSingle("Tus-Version", VERSION);
            }
        }
    }

    private static boolean isOurs(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        return path.equals(TusResource.PATH) || path.startsWith(TusResource.PATH + "/");
    }
}
