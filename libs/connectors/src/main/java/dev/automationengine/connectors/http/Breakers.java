package dev.automationengine.connectors.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One circuit breaker per host: a host that is down is left alone for a while, and costs no threads. */
final class Breakers {
    private static final int MOST_HOSTS = 10_000;
    private static final int TRIAL_CALLS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

    private final Cache<String, CircuitBreaker> byHost = Caffeine.newBuilder()
            .maximumSize(MOST_HOSTS)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final CircuitBreakerConfig config;
    private final MeterRegistry meters;

    Breakers(OutboundProperties properties, MeterRegistry meters) {
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(properties.breakerCalls())
                .minimumNumberOfCalls(properties.breakerCalls())
                .failureRateThreshold(properties.breakerFailureRate())
                .waitDurationInOpenState(properties.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .build();
        this.meters = meters;
    }

    CircuitBreaker of(String host) {
        String key = host.toLowerCase(Locale.ROOT);
        return Objects.requireNonNull(byHost.get(key, this::create), "created if absent");
    }

    private CircuitBreaker create(String host) {
        CircuitBreaker breaker = CircuitBreaker.of(host, config);
        breaker.getEventPublisher().onStateTransition(event -> {
            String state = event.getStateTransition().getToState().name().toLowerCase(Locale.ROOT);
            // The host is in the log only: as a label it would be unbounded.
            LOG.warn("The circuit breaker of {} is {}", host, state);
            meters.counter("engine.outbound.breaker", "state", state).increment();
        });
        return breaker;
    }
}
