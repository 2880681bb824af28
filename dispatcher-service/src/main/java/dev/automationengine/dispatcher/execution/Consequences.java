package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.deadletter.DeadLetter;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries out what was decided, for a whole batch at once: executions of executions, waits for events and dead letters to
 * MongoDB, jobs to Redis, jobs that are due late and snapshots to Kafka.
 * It fails if one of them fails; the batch comes again then, and doing all of it twice changes nothing.
 */
@Component
public class Consequences {
    private final Children children;
    private final EventWaits waits;
    private final EarlyEvents early;
    private final DeadLetterStore deadLetters;
    private final JobQueue queue;
    private final FactPublisher facts;
    private final ExecutionMetrics metrics;
    private final JsonMapper json;
    private final InstantSource clock;

    Consequences(
            Children children,
            EventWaits waits,
            EarlyEvents early,
            DeadLetterStore deadLetters,
            JobQueue queue,
            FactPublisher facts,
            ExecutionMetrics metrics,
            JsonMapper json,
            InstantSource clock) {
        this.children = children;
        this.waits = waits;
        this.early = early;
        this.deadLetters = deadLetters;
        this.queue = queue;
        this.facts = facts;
        this.metrics = metrics;
        this.json = json;
        this.clock = clock;
    }

    /**
     * An execution that is stored, and what follows.
     *
     * @param before how it was
     * @param advanced how it is, and what was decided
     * @param definition what it follows
     * @param traceparent W3C trace context that jobs continue
     */
    public record Settled(
            Execution before,
            Advanced advanced,
            Definition definition,
            @Nullable String traceparent) {}

    /** Does all of it, in an order in which nothing is told before it is true. */
    public void carryOut(List<Settled> settled) {
        Collected collected = new Collected();
        List<Settled> round = settled;
        // What is started may decide something, too; it ends, because executions within executions do.
        while (!round.isEmpty()) {
            collected.start.clear();
            collected.cancel.clear();
            round.forEach(each -> collect(each, collected));
            Children.Begun begun = children.begin(collected.start);
            begun.refused().forEach(each -> collected.told.add(told(each)));
            round = new ArrayList<>(begun.executions());
            round.addAll(children.cancel(collected.cancel));
        }
        waits.add(collected.waits);
        Map<EventWaits.EventWait, StepEvent> answered = early.answers(collected.waits);
        answered.forEach((wait, answer) -> collected.told.add(
                new Fact(Topic.STEP_EVENTS, wait.job().execution().value(), answer)));
        deadLetters.add(collected.letters);
        if (!collected.jobs.isEmpty()) {
            queue.enqueue(collected.jobs);
        }
        facts.publish(collected.told);
        waits.remove(answered.keySet());
        metrics.record(collected.all);
    }

    private void collect(Settled each, Collected into) {
        Execution execution = each.advanced().next();
        for (Decision decision : each.advanced().decisions()) {
            switch (decision) {
                case Decision.Enqueue enqueue -> into.jobs.add(job(enqueue, each));
                case Decision.Park park ->
                    into.told.add(new Fact(Topic.SCHEDULED_JOBS, park.job().value(), job(park, each)));
                // Whoever tries a step looks at it: nobody else has to be told.
                case Decision.DeadLetter letter when execution.triggerType().equals(Trigger.TEST) -> {}
                case Decision.DeadLetter letter -> into.letters.add(letter(letter, execution));
                case Decision.StartChildren start -> into.start.add(new Children.Asked<>(each, start));
                case Decision.CancelChildren cancel -> into.cancel.add(new Children.Asked<>(each, cancel));
                case Decision.TellParent tell -> into.told.add(told(tell.report()));
                case Decision.Listen listen ->
                    into.waits.add(new EventWaits.EventWait(
                            listen.job(), execution.orgId(), listen.key(), listen.startedBy(), listen.until()));
                case Decision.Finish finish -> {}
            }
        }
        into.told.add(Snapshots.fact(execution, each.definition()));
        into.all.add(each);
    }

    private static Fact told(StepEvent.ChildEnded ended) {
        return new Fact(Topic.STEP_EVENTS, ended.jobId().execution().value(), ended);
    }

    /** What a batch leads to. */
    private static final class Collected {
        private final List<DeadLetter> letters = new ArrayList<>();
        private final List<NewJob> jobs = new ArrayList<>();
        private final List<EventWaits.EventWait> waits = new ArrayList<>();
        private final List<Fact> told = new ArrayList<>();
        private final List<Settled> all = new ArrayList<>();
        private final List<Children.Asked<Decision.StartChildren>> start = new ArrayList<>();
        private final List<Children.Asked<Decision.CancelChildren>> cancel = new ArrayList<>();
    }

    private NewJob job(Decision.Enqueue enqueue, Settled settled) {
        Execution execution = settled.advanced().next();
        StepState state = execution.step(enqueue.job().step());
        return new NewJob(
                enqueue.job(),
                execution.orgId(),
                NewJob.NORMAL,
                enqueue.dueAt(),
                1,
                state.fence(),
                state.inDoubt(),
                limitKey(enqueue.work()),
                json.writeValueAsString(reference(enqueue.work(), settled)));
    }

    private static ScheduledJob job(Decision.Park park, Settled settled) {
        Execution execution = settled.advanced().next();
        StepState state = execution.step(park.job().step());
        return new ScheduledJob(
                park.job(),
                execution.orgId(),
                NewJob.NORMAL,
                park.dueAt(),
                park.attempt(),
                state.fence(),
                park.attempt() == 1 && state.inDoubt(),
                limitKey(park.work()),
                reference(park.work(), settled));
    }

    private static JobReference reference(StepWork work, Settled settled) {
        return new JobReference(settled.advanced().next().workflowId(), work.action(), settled.traceparent());
    }

    private static String limitKey(StepWork work) {
        CredentialId credential = work.credentialId();
        return StepWork.limitKey(work.action(), credential == null ? null : credential.value());
    }

    private DeadLetter letter(Decision.DeadLetter letter, Execution execution) {
        return DeadLetter.open(
                letter.job(),
                execution.orgId(),
                execution.workflowId(),
                letter.action(),
                letter.error(),
                letter.attempts(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
