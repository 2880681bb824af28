package dev.automationengine.jobqueue;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the queue counts. Labels have a handful of values each; organizations are never one.
 *
 * <ul>
 *   <li>{@code engine.queue.jobs} by {@code event} ({@link Event})
 *   <li>{@code engine.queue.promotion.lateness}: how late the latest job of a promotion became ready
 *   <li>{@code engine.queue.script} by {@code script}: time from sending to the answer
 *   <li>{@code engine.queue.script.failures} by {@code script}: no answer in time, or an error
 * </ul>
 */
final class QueueMetrics {
    private final MeterRegistry registry;

    /** Registers all meters, so that each shows its zero from the start. */
    QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Event event : Event.values()) {
            count(event, 0);
        }
        for (QueueScript script : QueueScript.values()) {
            registry.timer("engine.queue.script", "script", script.label());
            registry.counter("engine.queue.script.failures", "script", script.label());
        }
        registry.timer("engine.queue.promotion.lateness");
    }

    void count(Event event, long jobs) {
        registry.counter("engine.queue.jobs", "event", event.name().toLowerCase(Locale.ROOT))
                .increment((double) jobs);
    }

    void ran(QueueScript script, long nanos) {
        registry.timer("engine.queue.script", "script", script.label()).record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(QueueScript script) {
        registry.counter("engine.queue.script.failures", "script", script.label())
                .increment();
    }

    void promotedLate(long millis) {
        registry.timer("engine.queue.promotion.lateness").record(millis, TimeUnit.MILLISECONDS);
    }

    /** What happens to jobs. */
    enum Event {
        /** Added. */
        ENQUEUED,
        /** Left out, because the queue knows it already. */
        DUPLICATE,
        /** Leased to a worker. */
        CLAIMED,
        /** Renewal refused: the worker does not hold it any more. */
        LOST,
        /** Ended for good. */
        COMPLETED,
        /** Completion, retry or deferral refused: the worker does not hold it any more. */
        STALE,
        /** Sent to wait for its next attempt. */
        RETRIED,
        /** Sent to wait without an attempt being charged. */
        DEFERRED,
        /** Given back unworked. */
        RELEASED,
        /** Became due. */
        PROMOTED,
        /** Taken from a worker that fell silent. */
        RESCUED
    }
}
