package dev.automationengine.gateway.routing;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are: scheme, host and port, without a path.
 *
 * @param trigger trigger-service
 * @param polling polling-service
 * @param dispatcher dispatcher-service
 * @param scheduler scheduler-service
 * @param worker worker-service
 * @param logging logging-service
 */
@Validated
@ConfigurationProperties("engine.routes")
public record RouteProperties(
        @NotNull URI trigger,
        @NotNull URI polling,
        @NotNull URI dispatcher,
        @NotNull URI scheduler,
        @NotNull URI worker,
        @NotNull URI logging) {}
