package io.tapedeck.chassis.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.transaction.RollbackException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns whatever a door throws into a [Problem]. Only what nobody expected is logged, once, here.
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private static final Set<String> AWAY = Set.of("08", "53", "57");
    private static final int DATABASE_WAIT_SECONDS = 2;
    private static final int MAX_DEPTH = 20;

    private final ObjectMapper json;

    ProblemMapper(ObjectMapper json) {
        this.json = json;
    }

    @ServerExceptionMapper
    Response map(ProblemException failure) {
        if (failure.getCause() != null) {
            LOG.warn(failure.getMessage(), failure.getCause());
        }
        Response.ResponseBuilder answer = Response.status(failure.kind().status());
        if (failure.kind().status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        failure.retryAfter()
                .map(ProblemMapper::wholeSeconds)
                .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
        return write(answer, Problem.of(failure));
    }

    @ServerExceptionMapper
    Response map(WebApplicationException failure) {
        Response given = failure.getResponse();
        int status = given.getStatus();
        if (status < 400 || given.hasEntity()) {
            return given;
        }
        if (failure.getCause() instanceof JacksonException malformed) {
            return malformed(malformed);
        }
        if (status >= 500) {
            return unexpected(failure);
        }
        Response.ResponseBuilder answer = Response.status(status);
        given.getHeaders().forEach((name, values) -> values.forEach(v -> answer.header(name, v)));
        return write(answer, statusOnly(status, given.getStatusInfo().getReasonPhrase()));
    }

    @ServerExceptionMapper(priority = 1)
    Response map(MismatchedInputException failure) {
        return malformed(failure);
    }

    @ServerExceptionMapper(priority = 1)
    Response map(ConstraintViolationException failure) {
        List<Map<String, String>> errors =
                failure.getConstraintViolations().stream()
                        .map(v -> Map.of("field", field(v), "message", v.getMessage()))
                        .toList();
        Problem problem =
                new Problem(
                        "urn:tapedeck:problem:invalid-request",
                        "The request is not valid",
                        400,
                        "Correct the listed fields and send the request again.",
                        "invalid-request",
                        Map.of("errors", errors));
        return write(Response.status(400), problem);
    }

    @ServerExceptionMapper
    Response map(Throwable failure) {
        return isDatabaseAway(failure) ? databaseAway(failure) : unexpected(failure);
    }

    /// Whether the cause is a database that cannot be reached or is stopping: SQLSTATE classes 08,
    /// 53 and 57, or no state at all where the pool gave up waiting. A commit that fails is as good
    /// a reason to try again.
    private static boolean isDatabaseAway(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof RollbackException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || AWAY.contains(state.substring(0, 2));
            }
            cause = cause.getCause();
        }
        return false;
    }

    private Response databaseAway(Throwable failure) {
        LOG.warnf("database does not answer: %s", failure.getMessage());
        return write(
                Response.status(503).header(HttpHeaders.RETRY_AFTER, DATABASE_WAIT_SECONDS),
                Problem.of(
                        503,
                        "database-unavailable",
                        "The database does not answer",
                        "Send the same request again soon."));
    }

    private Response malformed(JacksonException failure) {
        var where = failure.getLocation();
        String place =
                where == null
                        ? ""
                        : " near line %d, column %d"
                                .formatted(where.getLineNr(), where.getColumnNr());
        return write(
                Response.status(400),
                Problem.of(
                        400,
                        "malformed-json",
                        "The body is not the JSON expected here",
                        "Correct the body%s and send it again.".formatted(place)));
    }

    private Response unexpected(Throwable failure) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "request failed reference=%s", reference);
        return write(
                Response.status(500),
                new Problem(
                        "urn:tapedeck:problem:internal",
                        "Something failed on our side",
                        500,
                        "Try again. If it stays, look for this reference in the service's log.",
                        "internal",
                        Map.of("reference", reference)));
    }

    private static Problem statusOnly(int status, @Nullable String reason) {
        String title = reason == null || reason.isBlank() ? "HTTP " + status : reason;
        String code = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String detail =
                switch (status) {
                    case 404 -> "Nothing is at this address. Check it against /q/openapi.";
                    case 405 -> "This address does not take that method. See the Allow header.";
                    case 415 -> "This address does not take that Content-Type.";
                    default -> "Check the request against /q/openapi.";
                };
        return Problem.of(status, code, title, detail);
    }

    private static String field(ConstraintViolation<?> violation) {
        String last = "";
        for (Path.Node node : violation.getPropertyPath()) {
            last = node.getName() == null ? last : node.getName();
        }
        return last;
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private Response write(Response.ResponseBuilder answer, Problem problem) {
        try {
            // Bytes, because a door that produces something else must still be able to say no.
            return answer.type(MediaType.valueOf(Problem.MEDIA_TYPE))
                    .entity(json.writeValueAsBytes(problem))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written", e);
        }
    }
}
