package dev.automationengine.worker.connection;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.worker.WorkerProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps one slow third party from taking all slots of the worker. A connection is given another slot while it has
 * fewer than are free: alone it gets half of the worker, a second one half of what is left and so on, and as attempts
 * end, all get the same.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/90.664262">Choudhury, Hahne: Dynamic queue length thresholds for shared-memory
 *     packet switches</a>
 */
@Component
public class Bulkhead {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    /** Those that are turned away come back when about so many slots of the connection are free again. */
    private static final int SLOTS_PER_WAIT = 10;

    private static final Logger log = LoggerFactory.getLogger(Bulkhead.class);

    private final int slots;
    private final Counter refused;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Connection, Lane> lanes = new HashMap<>();
    private int running;

    @Autowired
    Bulkhead(WorkerProperties properties, MeterRegistry meters) {
        this(properties.maxConcurrentJobs(), meters);
    }

    Bulkhead(int slots, MeterRegistry meters) {
        this.slots = slots;
        this.refused = meters.counter("engine.worker.bulkhead.refused");
    }

    /**
     * Takes a slot for a job.
     *
     * @return empty if it has one, to be given back with {@link #leave}; else how long to wait for one
     */
    public Optional<Duration> enter(ClaimedJob job) {
        Connection connection = Connection.of(job);
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(connection, ignored -> new Lane());
            if (lane.running < slots - running) {
                lane.running++;
                running++;
                return Optional.empty();
            }
            refused.increment();
            if (!lane.refusing) {
                lane.refusing = true;
                log.warn("{} is slow and has {} attempts under way: its next jobs wait", connection, lane.running);
            }
            return Optional.of(lane.pause());
        } finally {
            removeIdle(connection);
            lock.unlock();
        }
    }

    /** Gives a slot back after an attempt. */
    public void leave(ClaimedJob job, Duration took) {
        Connection connection = Connection.of(job);
        lock.lock();
        try {
            Lane lane = lanes.get(connection);
            if (lane != null) {
                lane.left(took);
                running--;
            }
        } finally {
            removeIdle(connection);
            lock.unlock();
        }
    }

    private void removeIdle(Connection connection) {
        Lane lane = lanes.get(connection);
        if (lane != null && lane.running == 0) {
            lanes.remove(connection);
        }
    }

    /** The slots of a connection; guarded by the lock. */
    private static final class Lane {
        private int running;
        private boolean refusing;
        /** How long attempts take lately; until one has ended, a second is assumed. */
        private Duration usual = LONGEST_WAIT;

        Duration pause() {
            Duration pause = usual.multipliedBy(SLOTS_PER_WAIT).dividedBy(Math.max(1, running));
            if (pause.compareTo(SHORTEST_WAIT) < 0) {
                return SHORTEST_WAIT;
            }
            return pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
        }

        void left(Duration took) {
            int before = running;
            running--;
            usual = usual.multipliedBy(3).plus(took).dividedBy(4);
            refusing &= running * 2 > before;
        }
    }
}
