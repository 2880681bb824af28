package dev.automationengine.jobqueue;

import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rate limits and holds of the plain double. A lane is closed when its turn came and it might not give a job. */
final class InMemoryLanes {
    private static final long MICROS = 1000;

    private final InstantSource clock;
    private final Map<Lane, RateLimit> limits = new HashMap<>();
    private final Map<Lane, Long> fullAtMicros = new HashMap<>();
    private final Map<Lane, Instant> holds = new HashMap<>();
    private final Map<Lane, Instant> closed = new HashMap<>();

    record Lane(OrgId org, String key) {}

    InMemoryLanes(InstantSource clock) {
        this.clock = clock;
    }

    void limit(Lane lane, @Nullable RateLimit limit) {
        if (limit == null) {
            limits.remove(lane);
            fullAtMicros.remove(lane);
        } else {
            limits.put(lane, limit);
        }
        closed.remove(lane);
    }

    void hold(Lane lane, Instant until) {
        if (until.isAfter(clock.instant())) {
            holds.merge(lane, until, (a, b) -> a.isAfter(b) ? a : b);
            closed.computeIfPresent(lane, (ignored, opens) -> opens.isAfter(until) ? opens : until);
        }
    }

    boolean closed(@Nullable Lane lane) {
        return lane != null && closed.containsKey(lane);
    }

    Stream<Instant> openings() {
        return closed.values().stream();
    }

    void openDue() {
        closed.values().removeIf(opens -> !opens.isAfter(clock.instant()));
    }

    /** Takes a permit, or closes the lane. */
    boolean mayGo(@Nullable Lane lane) {
        if (lane == null) {
            return true;
        }
        Instant held = holds.get(lane);
        if (held != null && held.isAfter(clock.instant())) {
            closed.put(lane, held);
            return false;
        }
        RateLimit limit = limits.get(lane);
        if (limit == null) {
            return true;
        }
        long now = clock.millis() * MICROS;
        long full = Math.max(now, fullAtMicros.getOrDefault(lane, 0L)) + limit.microsPerPermit();
        long bucket = limit.permits() * limit.microsPerPermit();
        if (full > now + bucket) {
            closed.put(lane, Instant.ofEpochMilli(Math.ceilDiv(full - bucket, MICROS)));
            return false;
        }
        fullAtMicros.put(lane, full);
        return true;
    }
}
