package dev.automationengine.connectors.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * The one client for calls to third parties: keeps connections alive, gives up in time, reads bounded answers, calls
 * permitted addresses only, follows no redirects, never repeats a call by itself, and spares hosts that are down.
 *
 * <p>Thread-safe. A call blocks; an interrupt ends it.
 */
public final class OutboundHttp implements AutoCloseable {
    private static final int FIRST_SERVER_ERROR = 500;

    private final Wire wire;
    private final Breakers breakers;
    private final Duration breakerPause;
    private final MeterRegistry meters;

    /** A client that asks the operating system for addresses. */
    public OutboundHttp(OutboundProperties properties, MeterRegistry meters) {
        this(properties, meters, SystemDefaultDnsResolver.INSTANCE);
    }

    OutboundHttp(OutboundProperties properties, MeterRegistry meters, DnsResolver names) {
        this.wire = new Wire(properties, new GuardedDns(names, new AddressGuard(properties.allowedNetworks())));
        this.breakers = new Breakers(properties, meters);
        this.breakerPause = properties.breakerPause();
        this.meters = meters;
    }

    /** Performs one call. Whatever happens is told by the result; nothing is thrown for it. */
    public Exchange send(OutboundRequest request) {
        long start = System.nanoTime();
        Exchange exchange = RequestRules.objection(request)
                .<Exchange>map(why -> new Exchange.Unanswered(Exchange.Reason.INVALID, why, false, null))
                .orElseGet(() -> guarded(request));
        meters.timer("engine.outbound.calls", "outcome", outcome(exchange))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return exchange;
    }

    private Exchange guarded(OutboundRequest request) {
        CircuitBreaker breaker = breakers.of(request.url().getAuthority());
        if (!breaker.tryAcquirePermission()) {
            return new Exchange.Unanswered(
                    Exchange.Reason.BREAKER_OPEN,
                    request.url().getHost() + " failed too often lately and is left alone for a moment",
                    false,
                    breakerPause);
        }
        long start = System.nanoTime();
        Exchange exchange = wire.exchange(request);
        Optional<Boolean> healthy = healthy(exchange);
        if (healthy.isEmpty()) {
            breaker.releasePermission();
        } else if (healthy.get()) {
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, new HostFailure());
        }
        return exchange;
    }

    /** Whether the host is well; empty if the call tells nothing of it. */
    private static Optional<Boolean> healthy(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered -> Optional.of(answered.status() < FIRST_SERVER_ERROR);
            case Exchange.Unanswered unanswered ->
                switch (unanswered.reason()) {
                    case NO_CONNECTION, TIMEOUT, BROKEN -> Optional.of(false);
                    case TOO_LARGE -> Optional.of(true);
                    case INVALID, BLOCKED, UNRESOLVED, BREAKER_OPEN -> Optional.empty();
                };
        };
    }

    private static String outcome(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered -> answered.status() / 100 + "xx";
            case Exchange.Unanswered unanswered -> unanswered.reason().name().toLowerCase(Locale.ROOT);
        };
    }

    /** Closes all connections. */
    @Override
    public void close() {
        wire.close();
    }

    /** What the breaker is told; it has no use for a stack. */
    private static final class HostFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostFailure() {
            super("the host failed", null, false, false);
        }
    }
}
