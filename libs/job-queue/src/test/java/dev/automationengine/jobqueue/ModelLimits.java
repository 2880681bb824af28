package dev.automationengine.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What caps, rate limits and holds promise, told by counting claims and not by how the queue counts. */
final class ModelLimits {
    record Lane(OrgId org, String key) {}

    private final Map<OrgId, Integer> caps = new HashMap<>();
    private final Map<Lane, RateLimit> limits = new HashMap<>();
    private final Map<Lane, Instant> holds = new HashMap<>();
    private final Map<Lane, List<Instant>> claims = new HashMap<>();

    void cap(OrgId org, int cap) {
        caps.put(org, cap);
    }

    void limit(Lane lane, @Nullable RateLimit limit) {
        claims.remove(lane);
        if (limit == null) {
            limits.remove(lane);
        } else {
            limits.put(lane, limit);
        }
    }

    void hold(Lane lane, Instant until, Instant now) {
        if (until.isAfter(now)) {
            holds.merge(lane, until, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** A hold that is over need not end before the next promotion. */
    void promote(Instant now) {
        holds.values().removeIf(until -> !until.isAfter(now));
    }

    void forget() {
        caps.clear();
        limits.clear();
        holds.clear();
        claims.clear();
    }

    /** Checks that a claim of a job was allowed. */
    void claimed(ClaimedJob job, long leasedOfOrg, Instant now) {
        assertThat(leasedOfOrg)
                .as("leased of %s", job.org())
                .isLessThanOrEqualTo(caps.getOrDefault(job.org(), JobQueue.UNLIMITED));
        if (job.limitKey() == null) {
            return;
        }
        Lane lane = new Lane(job.org(), job.limitKey());
        assertThat(holds.getOrDefault(lane, Instant.MIN)).as("hold of %s", lane).isBeforeOrEqualTo(now);
        RateLimit limit = limits.get(lane);
        if (limit == null) {
            return;
        }
        List<Instant> times = claims.computeIfAbsent(lane, ignored -> new ArrayList<>());
        times.add(now);
        for (int first = 0; first < times.size(); first++) {
            long millis = Duration.between(times.get(first), now).toMillis();
            long most =
                    limit.permits() + millis * limit.permits() / limit.period().toMillis();
            assertThat(times.size() - first)
                    .as("claims of %s in %d ms", lane, millis)
                    .isLessThanOrEqualTo((int) most);
        }
    }

    /** Whether nothing keeps a ready job back. */
    boolean free(NewJob job, long leasedOfOrg) {
        if (leasedOfOrg >= caps.getOrDefault(job.org(), JobQueue.UNLIMITED)) {
            return false;
        }
        Lane lane = job.limitKey() == null ? null : new Lane(job.org(), job.limitKey());
        return lane == null || (!limits.containsKey(lane) && !holds.containsKey(lane));
    }
}
