package dev.automationengine.polling.source;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Spares connections: one look at a time with each, and none while its third party asked for rest. In this replica's memory;
 * others learn it from the third party themselves. Thread-safe.
 */
@Component
class ConnectionPauses {
    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** Whether a look may begin now; it has to {@link #end} then. */
    boolean begin(String connection, Instant now) {
        pausedUntil.values().removeIf(until -> !until.isAfter(now));
        return !pausedUntil.containsKey(connection) && busy.add(connection);
    }

    void end(String connection) {
        busy.remove(connection);
    }

    void pause(String connection, Instant until) {
        pausedUntil.merge(connection, until, (a, b) -> a.isAfter(b) ? a : b);
    }
}
