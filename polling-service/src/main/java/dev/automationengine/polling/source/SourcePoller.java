package dev.automationengine.polling.source;

import dev.automationengine.kit.background.BackgroundService;
import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.polling.lease.Agenda;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Starts looks that are due, several at the same time. Any number of replicas may do it: each source is held by one, by a
 * lease in its state, and is free again some time after that one died.
 */
@Component
class SourcePoller implements BackgroundService {
    private static final int BATCH = 200;

    private final PollTriggers triggers;
    private final CatchUp catchUp;
    private final SourceStates states;
    private final ClaimedLook look;
    private final SourceProperties properties;
    private final Traces traces;
    private final InstantSource clock;
    private final Agenda<PollTrigger> agenda = new Agenda<>(PollTrigger::key);
    private final String owner = UUID.randomUUID().toString();
    private final Semaphore permits;

    SourcePoller(
            PollTriggers triggers,
            CatchUp catchUp,
            SourceStates states,
            ClaimedLook look,
            SourceProperties properties,
            Traces traces,
            InstantSource clock) {
        this.triggers = triggers;
        this.catchUp = catchUp;
        this.states = states;
        this.look = look;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
        this.permits = new Semaphore(properties.parallel());
    }

    @Override
    public String name() {
        return "source-poller";
    }

    @Override
    public Duration round() {
        // Before that, a workflow that was switched off may still look active.
        if (!Status.UP.equals(catchUp.health().getStatus())) {
            return properties.idle();
        }
        Instant now = clock.instant();
        List<PollTrigger> due = agenda.due(triggers.all(), now, BATCH);
        if (due.isEmpty()) {
            return properties.idle();
        }
        boolean full = due.size() == BATCH;
        for (PollTrigger trigger : claimable(due, now)) {
            if (!permits.tryAcquire()) {
                return properties.idle();
            }
            agenda.lookAgain(trigger, now.plus(properties.lease()));
            Thread.ofVirtual().name("look-" + trigger.key()).start(() -> look(trigger));
        }
        return full ? Duration.ZERO : properties.idle();
    }

    private List<PollTrigger> claimable(List<PollTrigger> due, Instant now) {
        Map<String, SourceState> known = states.of(due);
        List<PollTrigger> claimable = new ArrayList<>();
        List<PollTrigger> unknown = new ArrayList<>();
        for (PollTrigger trigger : due) {
            SourceState state = known.get(trigger.key());
            if (state == null) {
                unknown.add(trigger);
                claimable.add(trigger);
            } else if (state.claimableAt().isAfter(now)) {
                agenda.lookAgain(trigger, state.claimableAt());
            } else {
                claimable.add(trigger);
            }
        }
        states.open(unknown, now, properties.retention());
        return claimable;
    }

    private void look(PollTrigger trigger) {
        try (LogContext context = LogContext.of(trigger.org(), null, null)) {
            agenda.lookAgain(trigger, traces.continued(null, "look at source", () -> look.run(trigger, owner)));
        } finally {
            permits.release();
        }
    }
}
