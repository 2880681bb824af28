package dev.automationengine.worker.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Connections that a third party wants to be left alone for a while: the queue gives out no more of their jobs, and
 * those that this worker has claimed already are given back, so that they wait instead of using up their tries.
 */
@Component
public class ConnectionHolds {
    private static final int MOST = 10_000;
    /** A shorter extension is not worth a call: dozens of answers name nearly the same time. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(ConnectionHolds.class);

    private final JobQueue queue;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Cache<Connection, Instant> ends = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(24))
            .build();

    ConnectionHolds(JobQueue queue, InstantSource clock, MeterRegistry meters) {
        this.queue = queue;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Lets no job of this one's connection start before a time. That the queue cannot be told now is no reason to fail:
     * the next job that is held up tells it.
     *
     * @param why for the log
     */
    public void hold(ClaimedJob job, Instant until, String why) {
        if (job.limitKey() == null) {
            return;
        }
        Connection connection = Connection.of(job);
        Instant known = ends.getIfPresent(connection);
        if (known != null && !until.isAfter(known.plus(SLACK))) {
            return;
        }
        ends.put(connection, until);
        meters.counter("engine.worker.holds").increment();
        log.info("Jobs of {} wait until {}: {}", connection.limitKey(), until, why);
        tell(connection, until);
    }

    /** Until when no job of this one's connection may start; empty if it may. */
    public Optional<Instant> heldUntil(ClaimedJob job) {
        return Optional.ofNullable(ends.getIfPresent(Connection.of(job))).filter(end -> end.isAfter(clock.instant()));
    }

    private void tell(Connection connection, Instant until) {
        try {
            queue.hold(connection.org(), connection.limitKey(), until);
        } catch (JobQueueException e) {
            // Told again by the next throttled job of the connection.
            ends.invalidate(connection);
            log.warn("The job queue could not be told to hold {}", connection.limitKey(), e);
        }
    }
}
