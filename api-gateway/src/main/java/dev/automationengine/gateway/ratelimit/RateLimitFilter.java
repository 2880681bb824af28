package dev.automationengine.gateway.ratelimit;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.Problems;
import dev.automationengine.kit.ratelimit.Limit;
import dev.automationengine.kit.ratelimit.RateLimiter;
import dev.automationengine.kit.ratelimit.RateLimiters;
import dev.automationengine.kit.ratelimit.Verdict;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells callers how much they may ask (draft-ietf-httpapi-ratelimit-headers) and answers 429 to more. It runs behind
 * the security filters, so it knows who calls; whoever has no key, a webhook's sender above all, is not counted.
 */
@Component
class RateLimitFilter extends OncePerRequestFilter {
    private final RateLimiter limiter;
    private final CallerLimits limits;
    private final JsonMapper json;
    private final MeterRegistry meters;

    RateLimitFilter(
            RateLimiters limiters,
            RateLimitProperties properties,
            CallerLimits limits,
            JsonMapper json,
            MeterRegistry meters) {
        this.limiter = limiters.limiter("api", properties.window());
        this.limits = limits;
        this.json = json;
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller)) {
            chain.doFilter(request, response);
            return;
        }
        Jwt token = caller.getToken();
        OrgId org = new OrgId(String.valueOf(token.getClaimAsString("org")));
        List<Limit> ofCaller = limits.of(org, String.valueOf(token.getSubject()));
        Verdict verdict = limiter.count(org.value(), ofCaller);
        response.setHeader("RateLimit-Policy", limiter.policy(ofCaller));
        response.setHeader("RateLimit", verdict.header());
        if (verdict.passes()) {
            chain.doFilter(request, response);
        } else {
            refuse(verdict, response);
        }
    }

    private void refuse(Verdict verdict, HttpServletResponse response) throws IOException {
        meters.counter("engine.gateway.refused", "problem", "rate_limited").increment();
        response.setStatus(Problem.RATE_LIMITED.status().value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(verdict.reset()));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String detail = "The limit of this " + verdict.limit() + " is reached; it begins anew in " + verdict.reset()
                + " seconds.";
        json.writeValue(response.getOutputStream(), Problems.detail(Problem.RATE_LIMITED, detail, List.of()));
    }
}
