package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Shows people an execution as it changes. It looks at the projection again and again rather than listening to Kafka:
 * so any replica can answer, whichever of them consumed the change. A watcher holds one virtual thread and costs one
 * look-up by id for each poll.
 */
@Component
class ExecutionWatch {
    private static final Logger log = LoggerFactory.getLogger(ExecutionWatch.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final ExecutionLogs logs;
    private final EventStream.Writer writer;
    private final ExecutionWatchProperties properties;
    private final MeterRegistry meters;
    private final Semaphore places;
    private final CountDownLatch closing = new CountDownLatch(1);

    ExecutionWatch(
            ExecutionLogs logs, EventStream.Writer writer, ExecutionWatchProperties properties, MeterRegistry meters) {
        this.logs = logs;
        this.writer = writer;
        this.properties = properties;
        this.meters = meters;
        this.places = new Semaphore(properties.maxWatchers());
        Gauge.builder("engine.execution.watchers", () -> properties.maxWatchers() - places.availablePermits())
                .register(meters);
    }

    /** A service that stops must not wait for its watchers. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.countDown();
    }

    /**
     * Sends each revision later than the one seen, until the execution ends, the watcher leaves or the time is up.
     *
     * @param now the execution as it stands
     * @param seen the revision seen last; 0: none
     * @throws ProblemException if too many watch already
     */
    void follow(OrgId org, ExecutionLog now, long seen, HttpServletResponse response) throws IOException {
        if (now.status().terminal() && now.rev() <= seen) {
            // Tells a browser's EventSource to stay away.
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        if (!places.tryAcquire()) {
            meters.counter("engine.execution.watch.ended", "why", "refused").increment();
            throw ProblemException.unavailable("Too many executions are being watched.", TRY_AGAIN, null);
        }
        String why = "failed";
        try {
            EventStream stream = writer.open(response);
            if (now.rev() > seen) {
                stream.send(now);
            }
            why = now.status().terminal() ? "ended" : followOn(org, now, Math.max(seen, now.rev()), stream);
        } catch (IOException e) {
            // The watcher left.
            why = "left";
        } catch (ProblemException e) {
            // The answer has begun, so the stream can only end; the watcher comes again.
            log.warn("Watching execution {} of {} ended: the log cannot be read", now.executionId(), org, e);
        } finally {
            places.release();
            meters.counter("engine.execution.watch.ended", "why", why).increment();
        }
    }

    private String followOn(OrgId org, ExecutionLog first, long seen, EventStream stream) throws IOException {
        ExecutionId id = first.executionId();
        long rev = seen;
        long end = System.nanoTime() + properties.maxDuration().toNanos();
        while (System.nanoTime() < end && !closesWithin(properties.poll())) {
            ExecutionLog newer = logs.findNewer(org, id, rev).orElse(null);
            if (newer == null) {
                stream.beat(properties.heartbeat());
                continue;
            }
            stream.send(newer);
            if (newer.status().terminal()) {
                return "ended";
            }
            rev = newer.rev();
        }
        return "time";
    }

    private boolean closesWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
