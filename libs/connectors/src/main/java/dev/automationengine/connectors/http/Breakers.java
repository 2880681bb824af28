package dev.automationengine.connectors.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * The circuit breakers: one per host and connection, so that one organization's broken account does not close a host
 * for the others. Bounded; those that nobody uses are forgotten.
 */
final class Breakers {
    private static final int MOST = 10_000;
    private static final Duration IDLE = Duration.ofHours(1);

    private final Cache<Key, HostBreaker> breakers =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();
    private final OutboundProperties properties;
    private final MeterRegistry meters;

    Breakers(OutboundProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.meters = meters;
    }

    /**
     * The breaker of a host for a connection.
     *
     * @param connection whose calls fail together; the same text for those that share a breaker
     */
    HostBreaker of(String connection, String host) {
        Key key = new Key(connection, host.toLowerCase(Locale.ROOT));
        return Objects.requireNonNull(breakers.get(key, this::create), "created if absent");
    }

    private HostBreaker create(Key key) {
        return new HostBreaker(key.connection(), key.host(), properties, meters);
    }

    private record Key(String connection, String host) {}
}
