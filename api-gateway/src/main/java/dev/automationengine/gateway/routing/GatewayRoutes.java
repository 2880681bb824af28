package dev.automationengine.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.POST;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import dev.automationengine.gateway.security.CallerTokens;
import java.net.URI;
import java.util.Arrays;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Which service answers what. Bodies pass byte for byte: Meta signs the raw bytes. The caller's credentials stay here;
 * the service gets an internal token instead.
 */
@Configuration(proxyBeanMethods = false)
class GatewayRoutes {
    /** Names of headers that only the gateway and the services set. */
    private static final String INTERNAL_PREFIX = "x-engine-";

    private final RouteProperties services;
    private final CallerTokens tokens;
    private final ForwardingFailures failures;

    GatewayRoutes(RouteProperties services, CallerTokens tokens, ForwardingFailures failures) {
        this.services = services;
        this.tokens = tokens;
        this.failures = failures;
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
        return forward("webhooks", services.trigger(), under("/webhooks"), this::asWebhook)
                .and(forCallers("trigger", services.trigger(), under("/v1/events", "/v1/leads")))
                .and(forCallers("polling", services.polling(), under("/v1/polls")))
                .and(forCallers(
                        "commands",
                        services.dispatcher(),
                        POST("/v1/executions/{id}:{verb}")
                                .or(POST("/v1/dead-letters:{verb}"))
                                .or(POST("/v1/workflows:{verb}"))))
                // Whoever makes events makes this one.
                .and(forCallers("runs", services.trigger(), POST("/v1/workflows/{id}:run")))
                .and(forCallers(
                        "dispatcher",
                        services.dispatcher(),
                        under("/v1/workflows", "/v1/dead-letters", "/v1/replays", "/v1/schemas", "/v1/usage")))
                .and(forCallers("scheduler", services.scheduler(), under("/v1/schedules")))
                .and(forCallers(
                        "worker", services.worker(), under("/v1/credentials", "/v1/connections", "/v1/connectors")))
                .and(forward("oauth", services.worker(), path("/oauth/callback"), this::asWebhook))
                .and(forCallers("logging", services.logging(), under("/v1/executions", "/v1/logs", "/v1/privacy")));
    }

    private RouterFunction<ServerResponse> forCallers(String name, URI service, RequestPredicate which) {
        return forward(name, service, which, this::asCaller);
    }

    private RouterFunction<ServerResponse> forward(
            String name, URI service, RequestPredicate which, Consumer<HttpHeaders> identity) {
        return route(name)
                .route(which, http())
                .before(uri(service))
                .before(request -> ServerRequest.from(request)
                        .headers(GatewayRoutes::stripInternal)
                        .headers(identity)
                        .build())
                .filter(failures.of(name))
                .build();
    }

    private void asWebhook(HttpHeaders headers) {
        headers.setBearerAuth(tokens.ofWebhooks());
    }

    private void asCaller(HttpHeaders headers) {
        headers.remove(HttpHeaders.AUTHORIZATION);
        tokens.ofCurrentCaller().ifPresent(headers::setBearerAuth);
    }

    private static void stripInternal(HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(name -> name.regionMatches(true, 0, INTERNAL_PREFIX, 0, INTERNAL_PREFIX.length()))
                .toList()
                .forEach(headers::remove);
    }

    private static RequestPredicate under(String... roots) {
        return Arrays.stream(roots)
                .map(root -> path(root + "/**"))
                .reduce(RequestPredicate::or)
                .orElseThrow();
    }
}
