package dev.automationengine.polling.sweep;

import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.polling.lease.Agenda;
import dev.automationengine.polling.poll.PollState;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.subscription.FormSubscription;
import dev.automationengine.polling.subscription.FormSubscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sweeps forms that are due, several at the same time. Any number of replicas may do it: each form is held by one, by
 * a lease in its state, and is free again some time after that one died.
 */
@Component
class FormSweeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FormSweeper.class);
    private static final int BATCH = 200;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final FormSubscriptions subscriptions;
    private final CatchUp catchUp;
    private final PollStates states;
    private final ClaimedSweep sweep;
    private final PollingProperties properties;
    private final Traces traces;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Agenda<FormSubscription> agenda = new Agenda<>(FormSubscription::key);
    private final String owner = UUID.randomUUID().toString();
    private final Semaphore permits;
    private volatile boolean running;
    private @Nullable Thread thread;
    private boolean failing;

    FormSweeper(
            FormSubscriptions subscriptions,
            CatchUp catchUp,
            PollStates states,
            ClaimedSweep sweep,
            PollingProperties properties,
            Traces traces,
            MeterRegistry meters,
            InstantSource clock) {
        this.subscriptions = subscriptions;
        this.catchUp = catchUp;
        this.states = states;
        this.sweep = sweep;
        this.properties = properties;
        this.traces = traces;
        this.meters = meters;
        this.clock = clock;
        this.permits = new Semaphore(properties.parallel());
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofVirtual().name("form-sweeper").start(this::run);
        }
    }

    /** Gives the sweeps that run a moment to end; what is cut short is swept again when its lease has ended. */
    @Override
    public synchronized void stop() {
        running = false;
        Thread started = thread;
        if (started == null) {
            return;
        }
        started.interrupt();
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        try {
            started.join(LONGEST_STOP);
            if (permits.tryAcquire(properties.parallel(), end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                permits.release(properties.parallel());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        try {
            while (running) {
                if (!roundWasFull()) {
                    Thread.sleep(properties.idle());
                }
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private boolean roundWasFull() throws InterruptedException {
        try {
            boolean full = round();
            failing = false;
            return full;
        } catch (RuntimeException e) {
            meters.counter("engine.polling.rounds.failed").increment();
            if (!failing && running) {
                failing = true;
                log.warn("The states of forms cannot be read; sweeping goes on when they can", e);
            }
            return false;
        }
    }

    /** Starts the sweeps that are due; true if there may be more. */
    private boolean round() throws InterruptedException {
        // Before that, a workflow that was switched off may still look active.
        if (!Status.UP.equals(catchUp.health().getStatus())) {
            return false;
        }
        Instant now = clock.instant();
        List<FormSubscription> due = agenda.due(subscriptions.forms(), now, BATCH);
        if (due.isEmpty()) {
            return false;
        }
        for (FormSubscription form : claimable(due, now)) {
            permits.acquire();
            agenda.lookAgain(form, now.plus(properties.lease()));
            Thread.ofVirtual().name("sweep-" + form.key()).start(() -> sweep(form));
        }
        return due.size() == BATCH;
    }

    private List<FormSubscription> claimable(List<FormSubscription> due, Instant now) {
        Map<String, PollState> known = states.of(due);
        List<FormSubscription> claimable = new ArrayList<>();
        List<FormSubscription> unknown = new ArrayList<>();
        for (FormSubscription form : due) {
            PollState state = known.get(form.key());
            if (state == null) {
                unknown.add(form);
                claimable.add(form);
            } else if (state.claimableAt().isAfter(now)) {
                agenda.lookAgain(form, state.claimableAt());
            } else {
                claimable.add(form);
            }
        }
        states.open(unknown, now, properties.retention());
        return claimable;
    }

    private void sweep(FormSubscription form) {
        try (LogContext context = LogContext.of(form.org(), null, null)) {
            agenda.lookAgain(form, traces.continued(null, "sweep form", () -> sweep.run(form, owner)));
        } finally {
            permits.release();
        }
    }
}
