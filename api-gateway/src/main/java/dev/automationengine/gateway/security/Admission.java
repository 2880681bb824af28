package dev.automationengine.gateway.security;

import dev.automationengine.gateway.access.AccessTable;
import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Requirement;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Holds each request against the {@link AccessTable}. */
@Component
class Admission implements AuthorizationManager<RequestAuthorizationContext> {
    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        Authentication shown = caller.get();
        return new AuthorizationDecision(shown != null
                && requirement(context.getRequest())
                        .map(requirement -> meets(shown, requirement))
                        .orElse(false));
    }

    /** What the request needs; empty if there is no such path. */
    Optional<Requirement> requirement(HttpServletRequest request) {
        return AccessTable.requirement(HttpMethod.valueOf(request.getMethod()), request.getRequestURI());
    }

    private static boolean meets(Authentication caller, Requirement requirement) {
        return switch (requirement) {
            case Requirement.Open() -> true;
            case Requirement.Operator() -> has(caller, Requirement.Operator.NAME);
            case Requirement.SignedIn() -> caller.getDetails() instanceof Caller;
            case Requirement.Needs(var scope) -> has(caller, scope.label());
        };
    }

    private static boolean has(Authentication caller, String authority) {
        return caller.getAuthorities().stream().anyMatch(granted -> authority.equals(granted.getAuthority()));
    }
}
