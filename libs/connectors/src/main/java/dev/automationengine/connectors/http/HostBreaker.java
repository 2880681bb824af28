package dev.automationengine.connectors.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker: a host that is down is left alone for a while, and costs no threads. Each time that trial calls
 * fail the pause doubles, up to four times the first. Thread-safe.
 */
final class HostBreaker {
    private static final int TRIAL_CALLS = 3;
    private static final double GROWTH = 2;
    private static final int MOST_PAUSES = 4;
    /** When trial calls are under way: they tell soon. */
    private static final Duration WHILE_TRYING = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(HostBreaker.class);

    private final CircuitBreaker breaker;
    private volatile long opensAgainNanos = System.nanoTime();

    HostBreaker(String connection, String host, OutboundProperties properties, MeterRegistry meters) {
        long pause = properties.breakerPause().toMillis();
        IntervalFunction pauses = IntervalFunction.ofExponentialBackoff(pause, GROWTH, pause * MOST_PAUSES);
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(properties.breakerCalls())
                .minimumNumberOfCalls(properties.breakerCalls())
                .failureRateThreshold(properties.breakerFailureRate())
                .waitIntervalFunctionInOpenState(openings -> {
                    Long millis = pauses.apply(openings);
                    opensAgainNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                    return millis;
                })
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .build();
        this.breaker = CircuitBreaker.of(host, config);
        breaker.getEventPublisher().onStateTransition(event -> {
            String state = event.getStateTransition().getToState().name().toLowerCase(Locale.ROOT);
            // Host and connection are in the log only: as labels they would be unbounded.
            LOG.atWarn().addKeyValue("connection", connection).log("The circuit breaker of {} is {}", host, state);
            meters.counter("engine.outbound.breaker", "state", state).increment();
        });
    }

    /**
     * Makes a call if the breaker lets it through.
     *
     * @param call must tell what happens by its result
     * @return the result; empty if nothing was tried
     */
    Optional<Exchange> call(Supplier<Exchange> call) {
        if (!breaker.tryAcquirePermission()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Optional<Boolean> healthy = Optional.empty();
        try {
            Exchange exchange = call.get();
            healthy = healthy(exchange);
            return Optional.of(exchange);
        } finally {
            tell(healthy, System.nanoTime() - start);
        }
    }

    /** How long it lets nothing through, at least. */
    Duration remaining() {
        long left = opensAgainNanos - System.nanoTime();
        return left > 0 ? Duration.ofNanos(left) : WHILE_TRYING;
    }

    private void tell(Optional<Boolean> healthy, long nanos) {
        if (healthy.isEmpty()) {
            breaker.releasePermission();
        } else if (healthy.get()) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new HostFailure());
        }
    }

    /** Whether the host is well; empty if the call tells nothing of it. */
    private static Optional<Boolean> healthy(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered -> Optional.of(answered.status() < OutboundHttp.FIRST_SERVER_ERROR);
            case Exchange.Unanswered unanswered ->
                switch (unanswered.reason()) {
                    case NO_CONNECTION, TIMEOUT, BROKEN -> Optional.of(false);
                    case TOO_LARGE, REDIRECT_REFUSED -> Optional.of(true);
                    case INVALID, BLOCKED, UNRESOLVED, BREAKER_OPEN -> Optional.empty();
                };
        };
    }

    /** What the breaker is told; it has no use for a stack. */
    private static final class HostFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostFailure() {
            super("the host failed", null, false, false);
        }
    }
}
