package dev.automationengine.gateway.routing;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.WebUtils;

/** Turns a request that could not be forwarded into an answer that tells the caller whether to send it again. */
@Component
class ForwardingFailures {
    private static final Logger log = LoggerFactory.getLogger(ForwardingFailures.class);
    private static final String RETRY_SECONDS = "2";

    private final MeterRegistry meters;
    private final ProxyProperties properties;

    ForwardingFailures(MeterRegistry meters, ProxyProperties properties) {
        this.meters = meters;
        this.properties = properties;
    }

    /**
     * Answers for a service.
     *
     * @param service its name, for logs and metrics
     */
    HandlerFilterFunction<ServerResponse, ServerResponse> of(String service) {
        return (request, next) -> forward(service, request, next);
    }

    private ServerResponse forward(String service, ServerRequest request, HandlerFunction<ServerResponse> next)
            throws Exception {
        try {
            return next.handle(request);
        } catch (RestClientException e) {
            LimitedRequest limited = WebUtils.getNativeRequest(request.servletRequest(), LimitedRequest.class);
            if (limited != null && limited.exceeded()) {
                return problem(
                        Problem.PAYLOAD_TOO_LARGE,
                        BodyLimitFilter.detail(properties.maxBody().toBytes()),
                        null);
            }
            Kind kind = Kind.of(e);
            log.warn("{} did not answer ({}): {}", service, kind, e.getMessage());
            meters.counter(
                            "engine.gateway.forward.failed",
                            "target",
                            service,
                            "kind",
                            kind.name().toLowerCase(Locale.ROOT))
                    .increment();
            return problem(Problem.UNAVAILABLE, kind.detail, RETRY_SECONDS);
        }
    }

    private static ServerResponse problem(Problem problem, String detail, @Nullable String retryAfter) {
        ServerResponse.BodyBuilder answer =
                ServerResponse.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return answer.body(Problems.detail(problem, detail, List.of()));
    }

    private enum Kind {
        UNREACHABLE("The service is not reachable; the request was not handled. Try again in a moment."),
        TIMEOUT("The service did not answer in time; whether the request was handled is not known."),
        BROKEN("The service broke the connection; whether the request was handled is not known.");

        private final String detail;

        Kind(String detail) {
            this.detail = detail;
        }

        static Kind of(Throwable failure) {
            Kind kind = BROKEN;
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
                    return UNREACHABLE;
                }
                if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
                    kind = TIMEOUT;
                }
            }
            return kind;
        }
    }
}
