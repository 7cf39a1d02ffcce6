package io.tapedeck.chassis.problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Thrown where a request cannot be met; becomes a [Problem] at the door. It carries no stack trace
/// unless it has a cause: it is an answer, not an accident.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemKind kind;
    private final String detail;
    private final @Nullable Duration retryAfter;
    private final transient Map<String, Object> extensions;

    /// @param detail what happened and what to do next, for a person
    public ProblemException(ProblemKind kind, String detail) {
        this(kind, detail, null, Map.of(), null);
    }

    public ProblemException(ProblemKind kind, String detail, Throwable cause) {
        this(kind, detail, null, Map.of(), cause);
    }

    private ProblemException(
            ProblemKind kind,
            String detail,
            @Nullable Duration retryAfter,
            Map<String, Object> extensions,
            @Nullable Throwable cause) {
        super(kind.code() + ": " + detail, cause, true, cause != null);
        this.kind = kind;
        this.detail = detail;
        this.retryAfter = retryAfter;
        this.extensions = extensions;
    }

    /// The same, with a `Retry-After` header (whole seconds, at least 1).
    public ProblemException retryAfter(Duration wait) {
        return new ProblemException(kind, detail, wait, extensions, getCause());
    }

    /// The same, with a further member of the document.
    public ProblemException with(String member, Object value) {
        var more = new HashMap<>(extensions);
        more.put(member, value);
        return new ProblemException(kind, detail, retryAfter, Map.copyOf(more), getCause());
    }

    public ProblemKind kind() {
        return kind;
    }

    public String detail() {
        return detail;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public Map<String, Object> extensions() {
        return extensions;
    }
}
