package dev.automationengine.gateway.closing;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.routing.RouteProperties;
import dev.automationengine.gateway.routing.ServiceConnections;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.InternalTokens;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** Asks the dispatcher whether an organization still has workflows that run. */
@Component
class ActiveWorkflows {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final URI dispatcher;
    private final InternalTokens tokens;
    private final RestClient client;

    ActiveWorkflows(RouteProperties routes, ServiceConnections connections, InternalTokens tokens) {
        this.dispatcher = routes.dispatcher();
        this.tokens = tokens;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                connections.client().connectTimeout(CONNECT).build());
        requests.setReadTimeout(ANSWER);
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * Whether the caller's organization has one.
     *
     * @throws ProblemException 503 if that cannot be known now
     */
    boolean any(Caller caller) {
        try {
            JsonNode page = client.get()
                    .uri(dispatcher + "/v1/workflows?active=true&limit=1")
                    .headers(headers -> headers.setBearerAuth(
                            tokens.mint(caller.subject(), caller.org(), InternalTokens.SCOPE_API)))
                    .retrieve()
                    .body(JsonNode.class);
            if (page == null || !page.path("items").isArray()) {
                throw unknown(null);
            }
            return !page.path("items").isEmpty();
        } catch (RestClientException e) {
            throw unknown(e);
        }
    }

    private static ProblemException unknown(@Nullable Throwable cause) {
        return ProblemException.unavailable(
                "Whether workflows are active cannot be known now. Try again.", CONNECT, cause);
    }
}
