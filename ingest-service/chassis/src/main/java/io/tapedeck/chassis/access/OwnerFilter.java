package io.tapedeck.chassis.access;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.chassis.problem.ProblemKind;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/// Holds [OwnerOnly].
@Provider
@OwnerOnly
@Priority(Priorities.AUTHENTICATION)
class OwnerFilter implements ContainerRequestFilter {

    private final OwnerKey key;

    OwnerFilter(OwnerKey key) {
        this.key = key;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(OwnerKey.COOKIE);
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (!key.opens(authorization, value(cookie))) {
            throw new ProblemException(
                    Denied.OWNER_ONLY,
                    "Send the owner key as 'Authorization: Bearer <key>', or sign in on the page.");
        }
    }

    private static @Nullable String value(@Nullable Cookie cookie) {
        return cookie == null ? null : cookie.getValue();
    }

    private enum Denied implements ProblemKind {
        OWNER_ONLY;

        @Override
        public String code() {
            return "owner-only";
        }

        @Override
        public int status() {
            return 401;
        }

        @Override
        public String title() {
            return "Only the owner may do this";
        }

        @Override
        public boolean retryable() {
            return false;
        }
    }
}
