package dev.automationengine.connectors.http;

import dev.automationengine.connectors.http.Exchange.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one client for calls to third parties: keeps connections alive, gives up in time, reads bounded answers, calls
 * permitted addresses only, follows redirects only where it is told to and checks each, never repeats a call by itself,
 * and spares hosts that are down.
 *
 * <p>Thread-safe. A call blocks; an interrupt ends it.
 */
public final class OutboundHttp implements AutoCloseable {
    static final int FIRST_SERVER_ERROR = 500;

    private static final Logger LOG = LoggerFactory.getLogger(OutboundHttp.class);

    private final TimedDns dns;
    private final Wire wire;
    private final GuardedSockets sockets;
    private final Redirects redirects;
    private final Breakers breakers;
    private final MeterRegistry meters;

    /** A client that asks the operating system for addresses. */
    public OutboundHttp(OutboundProperties properties, MeterRegistry meters) {
        this(properties, meters, SystemDefaultDnsResolver.INSTANCE);
    }

    OutboundHttp(OutboundProperties properties, MeterRegistry meters, DnsResolver names) {
        this.dns = new TimedDns(names, properties.connectTimeout());
        GuardedDns guarded = new GuardedDns(dns, new AddressGuard(properties));
        this.wire = new Wire(properties, guarded);
        this.sockets = new GuardedSockets(guarded, properties.connectTimeout());
        this.redirects = new Redirects(properties.maxRedirects());
        this.breakers = new Breakers(properties, meters);
        this.meters = meters;
    }

    /** Connections for what is not HTTP, to the same addresses only. */
    public GuardedSockets sockets() {
        return sockets;
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
        long end = System.nanoTime() + request.timeout().toNanos();
        OutboundRequest current = request;
        for (int followed = 0; ; followed++) {
            switch (redirects.next(current, hop(current, connection), followed)) {
                case Redirects.Next.Done(Exchange exchange) -> {
                    return told(exchange, current, connection);
                }
                case Redirects.Next.Again(OutboundRequest next) -> {
                    Duration left = Duration.ofNanos(end - System.nanoTime());
                    if (!left.isPositive()) {
                        return Failures.late(request);
                    }
                    current = next.within(left);
                }
            }
        }
    }

    private Exchange hop(OutboundRequest request, String connection) {
        long start = System.nanoTime();
        Exchange exchange = RequestRules.objection(request)
                .<Exchange>map(why -> new Exchange.Unanswered(Reason.INVALID, why, false, null))
                .orElseGet(() -> guarded(request, connection));
        count(exchange, System.nanoTime() - start);
        return exchange;
    }

    private Exchange guarded(OutboundRequest request, String connection) {
        HostBreaker breaker = breakers.of(connection, request.url().getAuthority());
        return breaker.call(() -> wire.exchange(request))
                .orElseGet(() -> new Exchange.Unanswered(
                        Reason.BREAKER_OPEN,
                        request.url().getHost() + " failed too often lately and is left alone for a moment",
                        false,
                        breaker.remaining()));
    }

    /** What was refused is logged by host alone: path, query and headers may hold secrets. */
    private Exchange told(Exchange exchange, OutboundRequest request, String connection) {
        if (exchange instanceof Exchange.Unanswered unanswered) {
            switch (unanswered.reason()) {
                case REDIRECT_REFUSED -> {
                    count(exchange, 0);
                    refused(unanswered, request, connection);
                }
                case INVALID, BLOCKED, TOO_LARGE -> refused(unanswered, request, connection);
                // Conditions that pass: the caller's retries tell of them.
                case UNRESOLVED, NO_CONNECTION, TIMEOUT, BROKEN, BREAKER_OPEN -> {}
            }
        }
        return exchange;
    }

    private static void refused(Exchange.Unanswered unanswered, OutboundRequest request, String connection) {
        LOG.atWarn()
                .addKeyValue("connection", connection)
                .log(
                        "A call to {} is refused ({}): {}",
                        request.url().getHost(),
                        unanswered.reason(),
                        unanswered.detail());
    }

    private void count(Exchange exchange, long nanos) {
        meters.timer("engine.outbound.calls", "outcome", outcome(exchange)).record(nanos, TimeUnit.NANOSECONDS);
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
        dns.close();
    }
}
