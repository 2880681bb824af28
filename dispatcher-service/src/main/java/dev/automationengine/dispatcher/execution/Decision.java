package dev.automationengine.dispatcher.execution;

import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.JobId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has to be done because an execution changed. Doing it twice changes nothing: each has an id of its own. */
public sealed interface Decision {
    /**
     * A worker has to do a step.
     *
     * @param job the job's id
     * @param work what it will find in the execution's document
     * @param dueAt when it may start; null: at once
     */
    record Enqueue(JobId job, StepWork work, @Nullable Instant dueAt) implements Decision {}

    /**
     * A worker has to do a step so much later that the job waits in MongoDB.
     *
     * @param job the job's id
     * @param work what the worker will find in the execution's document
     * @param dueAt when it may start
     * @param attempt the number of the attempt that it waits for
     */
    record Park(JobId job, StepWork work, Instant dueAt, int attempt) implements Decision {}

    /**
     * A step waits for an event.
     *
     * @param job the step
     * @param key what it has in common with the event
     * @param startedBy the event that started the execution, which never ends the wait
     * @param until when it stops waiting
     */
    record Listen(JobId job, String key, EventId startedBy, Instant until) implements Decision {}

    /**
     * A step failed for good and people should know.
     *
     * @param job the job's id
     * @param action the action
     * @param error why
     * @param attempts how many tries there were
     */
    record DeadLetter(JobId job, String action, StepError error, int attempts) implements Decision {}

    /**
     * Executions have to be started for some items of a step.
     *
     * @param job the step
     * @param items which of its items
     */
    record StartChildren(JobId job, SortedSet<Integer> items) implements Decision {
        /** Copies the set. */
        public StartChildren {
            items = Collections.unmodifiableSortedSet(new TreeSet<>(items));
        }
    }

    /**
     * Executions that a step started are not wanted any more.
     *
     * @param job the step
     * @param items for which of its items
     */
    record CancelChildren(JobId job, SortedSet<Integer> items) implements Decision {
        /** Copies the set. */
        public CancelChildren {
            items = Collections.unmodifiableSortedSet(new TreeSet<>(items));
        }
    }

    /**
     * The step that started the execution has to hear of its end.
     *
     * @param report what it is told
     */
    record TellParent(StepEvent.ChildEnded report) implements Decision {}

    /**
     * The execution has ended.
     *
     * @param status how
     */
    record Finish(ExecutionStatus status) implements Decision {}
}
