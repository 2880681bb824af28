package dev.automationengine.connectors.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
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
    static final int FIRST_SERVER_ERROR = 500;

    private final Wire wire;
    private final Breakers breakers;
    private final MeterRegistry meters;

    /** A client that asks the operating system for addresses. */
    public OutboundHttp(OutboundProperties properties, MeterRegistry meters) {
        this(properties, meters, SystemDefaultDnsResolver.INSTANCE);
    }

    OutboundHttp(OutboundProperties properties, MeterRegistry meters, DnsResolver names) {
        this.wire = new Wire(properties, new GuardedDns(names, new AddressGuard(properties.allowedNetworks())));
        this.breakers = new Breakers(properties, meters);
        this.meters = meters;
    }

    /** Performs one call that shares its circuit breaker with all of the host's that come this way. */
    public Exchange send(OutboundRequest request) {
        return send(request, "");
    }

    /**
     * Performs one call. Whatever happens is told by the result; nothing is thrown for it.
     *
     * @param connection whose calls share a circuit breaker per host, for instance an organization with a credential
     */
    public Exchange send(OutboundRequest request, String connection) {
        long start = System.nanoTime();
        Exchange exchange = RequestRules.objection(request)
                .<Exchange>map(why -> new Exchange.Unanswered(Exchange.Reason.INVALID, why, false, null))
                .orElseGet(() -> guarded(request, connection));
        meters.timer("engine.outbound.calls", "outcome", outcome(exchange))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return exchange;
    }

    private Exchange guarded(OutboundRequest request, String connection) {
        HostBreaker breaker = breakers.of(connection, request.url().getAuthority());
        return breaker.call(() -> wire.exchange(request))
                .orElseGet(() -> new Exchange.Unanswered(
                        Exchange.Reason.BREAKER_OPEN,
                        request.url().getHost() + " failed too often lately and is left alone for a moment",
                        false,
                        breaker.remaining()));
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
}
