package dev.automationengine.scheduler.schedule;

import dev.automationengine.kit.background.BackgroundService;
import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says that the time of a schedule has come. The message is in Kafka before the schedule is set to its next time: who
 * dies in between says it once more, with the same id, and so do two replicas at the same moment; the workflow runs once.
 */
@Component
public class ScheduleClock implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(ScheduleClock.class);
    private static final String FIRED = "engine.schedules.fired";

    private final ScheduleStore store;
    private final FactPublisher facts;
    private final CatchUp catchUp;
    private final ScheduleProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Timer lateness;

    ScheduleClock(
            ScheduleStore store,
            FactPublisher facts,
            CatchUp catchUp,
            ScheduleProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.facts = facts;
        this.catchUp = catchUp;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
        this.lateness = Timer.builder("engine.schedules.lateness")
                .description("How long after a scheduled time its message was in Kafka; without what was made up for")
                .publishPercentileHistogram()
                .register(meters);
    }

    @Override
    public String name() {
        return "schedules";
    }

    /** Before all changes are read, a schedule may be one that its author has switched off. */
    @Override
    public Duration round() {
        if (!catchUp.isDone()) {
            return properties.interval();
        }
        Instant now = clock.instant();
        List<Due> due = store.due(now, properties.batch()).stream()
                .map(schedule -> Due.of(schedule, now, properties.onTime()))
                .toList();
        facts.publish(due.stream().flatMap(each -> messages(each, now).stream()).toList());
        store.advance(due);
        due.forEach(each -> told(each, clock.instant()));
        return due.size() == properties.batch() ? Duration.ZERO : properties.interval();
    }

    private static List<Fact> messages(Due due, Instant now) {
        return due.times().stream()
                .map(time -> InboundMessage.ScheduleFired.of(
                        due.schedule().org(), due.schedule().workflow(), time, now))
                .map(fired -> new Fact(Topic.INBOUND, fired.id(), fired))
                .toList();
    }

    private void told(Due due, Instant published) {
        List<Instant> onTime = due.times().subList(due.madeUp(), due.times().size());
        onTime.forEach(time -> lateness.record(Duration.between(time, published)));
        meters.counter(FIRED, "kind", "on_time").increment(onTime.size());
        meters.counter(FIRED, "kind", "made_up").increment(due.madeUp());
        if (due.madeUp() == 0 && !due.leftOut()) {
            return;
        }
        if (due.leftOut()) {
            meters.counter("engine.schedules.left.out").increment();
        }
        try (LogContext ids = LogContext.of(due.schedule().org(), null, null)) {
            log.warn(
                    "Times of the schedule of {} since {} were missed: {} are made up for, {}",
                    due.schedule().workflow(),
                    due.schedule().nextAt(),
                    due.madeUp(),
                    due.leftOut() ? "others are left out" : "none is left out");
        }
    }
}
