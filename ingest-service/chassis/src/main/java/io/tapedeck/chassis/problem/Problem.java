package io.tapedeck.chassis.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;

/// A problem document (RFC 9457 §3), sent as `application/problem+json`.
///
/// @param type `urn:tapedeck:problem:` and the code
/// @param title the same for each problem of that type
/// @param detail what happened this time and what to do next
/// @param code stable name of the type
/// @param extensions further members, written beside the others
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonAnyGetter Map<String, Object> extensions) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:tapedeck:problem:";

    public Problem {
        extensions = Map.copyOf(extensions);
    }

    /// A problem without further members.
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(TYPE_PREFIX + code, title, status, detail, code, Map.of());
    }

    static Problem of(ProblemException failure) {
        ProblemKind kind = failure.kind();
        return new Problem(
                TYPE_PREFIX + kind.code(),
                kind.title(),
                kind.status(),
                failure.detail(),
                kind.code(),
                failure.extensions());
    }
}
