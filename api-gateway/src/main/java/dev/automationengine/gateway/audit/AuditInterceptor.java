package dev.automationengine.gateway.audit;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Requirement;
import dev.automationengine.gateway.login.NetworkAddress;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Records every change that a user or key of an organization asks for, or the operator for one that is there, before it
 * is done: what cannot be recorded is not done. It stands behind the filters, so what they refuse (no permission, too many requests) is no change.
 */
@Component
class AuditInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    private static final Logger log = LoggerFactory.getLogger(AuditInterceptor.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
    private static final int LONGEST_PATH = 1_000;
    private static final String ASKED = AuditInterceptor.class.getName() + ".asked";

    private final AuditLog audit;
    private final NetworkAddress network;
    private final InstantSource clock;
    private final MeterRegistry meters;

    AuditInterceptor(AuditLog audit, NetworkAddress network, InstantSource clock, MeterRegistry meters) {
        this.audit = audit;
        this.network = network;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Actor actor = actor(request);
        // A request that is dispatched once more (an error page, a stream that begins) was asked for once.
        if (actor == null || READS.contains(request.getMethod()) || request.getAttribute(ASKED) != null) {
            return true;
        }
        AuditEntry entry = new AuditEntry(
                now(),
                actor.subject(),
                actor.role(),
                request.getMethod(),
                path(request),
                network.of(request),
                null,
                null);
        try {
            long number = audit.append(actor.org(), entry);
            request.setAttribute(ASKED, new Asked(actor.org(), entry, number));
            return true;
        } catch (DataAccessException e) {
            count("request");
            throw ProblemException.unavailable("The change cannot be recorded, so it was not made.", TRY_AGAIN, e);
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(ASKED) instanceof Asked asked) {
            request.removeAttribute(ASKED);
            try {
                audit.append(asked.org(), asked.entry().ended(now(), asked.number(), response.getStatus()));
            } catch (DataAccessException e) {
                count("outcome");
                log.atWarn()
                        .addKeyValue("org_id", asked.org())
                        .setCause(e)
                        .log("The outcome of change {} of the audit log is not recorded", asked.number());
            }
        }
    }

    private static @Nullable Actor actor(HttpServletRequest request) {
        Authentication shown = SecurityContextHolder.getContext().getAuthentication();
        return switch (shown == null ? null : shown.getDetails()) {
            case Caller.Member member ->
                new Actor(member.org(), member.subject(), member.role().label());
            case Caller key -> new Actor(key.org(), key.subject(), null);
            case null, default -> operator(shown, request);
        };
    }

    /** The operator acts for nobody: whose log it is says the path. */
    private static @Nullable Actor operator(@Nullable Authentication shown, HttpServletRequest request) {
        return shown != null
                        && Requirement.Operator.NAME.equals(shown.getPrincipal())
                        && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                instanceof Map<?, ?> path
                        && path.get("id") instanceof String id
                ? operatorFor(id)
                : null;
    }

    private static @Nullable Actor operatorFor(String org) {
        try {
            return new Actor(new OrgId(org), Requirement.Operator.NAME, null);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static String path(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH);
    }

    private Instant now() {
        // MongoDB keeps milliseconds, and the hash must hold for what is read later.
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void count(String what) {
        meters.counter("engine.gateway.audit.failed", "record", what).increment();
    }

    /** A change that was recorded and has not ended. */
    private record Asked(OrgId org, AuditEntry entry, long number) {}

    /** Who asks for a change, and in whose log it belongs. */
    private record Actor(
            OrgId org, String subject, @Nullable String role) {}
}
