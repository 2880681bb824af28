package dev.automationengine.gateway.routing;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Refuses bodies above the limit: at once where the length is told, while they stream where it is not. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class BodyLimitFilter extends OncePerRequestFilter {
    private final long limit;
    private final JsonMapper json;

    BodyLimitFilter(ProxyProperties properties, JsonMapper json) {
        this.limit = properties.maxBody().toBytes();
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            Problem problem = Problem.PAYLOAD_TOO_LARGE;
            response.setStatus(problem.status().value());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            json.writeValue(response.getOutputStream(), Problems.detail(problem, detail(limit), List.of()));
        } else {
            chain.doFilter(new LimitedRequest(request, limit), response);
        }
    }

    static String detail(long limit) {
        return "A body may have " + limit + " bytes at most.";
    }
}
