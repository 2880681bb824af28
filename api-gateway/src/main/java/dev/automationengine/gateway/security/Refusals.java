package dev.automationengine.gateway.security;

import dev.automationengine.gateway.security.BearerAuthentication.KeysUnavailableException;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers those who may not pass. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final String RETRY_SECONDS = "2";

    private final Admission admission;
    private final JsonMapper json;
    private final MeterRegistry meters;

    Refusals(Admission admission, JsonMapper json, MeterRegistry meters) {
        this.admission = admission;
        this.json = json;
        this.meters = meters;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof KeysUnavailableException) {
            log.warn("What a caller shows cannot be checked", cause);
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            refuse(response, Problem.UNAVAILABLE, "The key cannot be checked now. Try again in a moment.");
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            refuse(
                    response,
                    Problem.UNAUTHENTICATED,
                    "Send a valid API key or access token: Authorization: Bearer ...");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        if (admission.requirement(request).isEmpty()) {
            refuse(response, Problem.NOT_FOUND, "There is no such path.");
        } else {
            refuse(response, Problem.FORBIDDEN, "This caller may not do that: its role or scopes do not allow it.");
        }
    }

    private void refuse(HttpServletResponse response, Problem problem, String detail) throws IOException {
        meters.counter("engine.gateway.refused", "problem", problem.name().toLowerCase(Locale.ROOT))
                .increment();
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), Problems.detail(problem, detail, List.of()));
    }
}
