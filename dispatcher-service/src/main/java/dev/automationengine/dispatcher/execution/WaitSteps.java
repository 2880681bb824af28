package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.Answer;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps that wait for an answer: APPROVAL and WAIT_FOR_EVENT. Pure. */
final class WaitSteps {
    private static final String MESSAGE = "message";
    private static final String APPROVERS = "approvers";
    private static final String APPROVER = "approver";
    private static final String BY = "by";

    /** Member of the work of a step that waits for an event: what it has in common with the event. */
    private static final String KEY = "key";

    private WaitSteps() {}

    /**
     * A step at its beginning. An answer may come before that, for instance to a link that an earlier step sent.
     *
     * @param context what its templates read
     */
    static StepState started(
            WaitStep step, StepState state, OrgId org, Map<String, @Nullable Object> context, Instant now) {
        return switch (step.answer()) {
            case Answer.Call call -> waiting(step, state, Map.of(), now);
            case Answer.Event event -> {
                Object value = event.value().render(context, now);
                yield event.event()
                        .key(org, value)
                        .map(key -> waiting(step, state, awaited(event, value, key), now))
                        .orElseGet(() -> state.ended(StepStatus.FAILED, now, StepErrors.nothingToWaitFor()));
            }
            case Answer.Decision decision -> waiting(step, state, asked(decision, context, now), now);
        };
    }

    private static StepState waiting(WaitStep step, StepState state, Map<String, @Nullable Object> input, Instant now) {
        Map<String, @Nullable Object> early = state.output();
        if (early != null) {
            return state.reported(StepStatus.COMPLETED, state.fence(), now, null, named(early, input), null);
        }
        return state.queued(work(input), now.plus(step.timeout()));
    }

    /** The job that is due when a step has waited too long. */
    static StepWork work(Map<String, @Nullable Object> input) {
        return new StepWork(StepWork.WAIT, input, null, RetryPolicy.DEFAULT, ActionStep.DEFAULT_TIMEOUT);
    }

    private static Map<String, @Nullable Object> awaited(Answer.Event event, @Nullable Object value, String key) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("type", event.event().source().type());
        input.putAll(event.event().source().selectors());
        input.put("field", event.event().field().toString());
        input.put("value", value);
        input.put(KEY, key);
        return input;
    }

    private static Map<String, @Nullable Object> asked(
            Answer.Decision decision, Map<String, @Nullable Object> context, Instant now) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put(MESSAGE, text(decision.message(), context, now));
        if (!decision.approvers().isEmpty()) {
            input.put(
                    APPROVERS,
                    decision.approvers().stream()
                            .map(each -> text(each, context, now))
                            .toList());
        }
        return input;
    }

    private static String text(Template template, Map<String, @Nullable Object> context, Instant now) {
        Object text = template.render(context, now);
        return text == null ? "" : StepErrors.brief(text.toString());
    }

    /** The first answer holds; one that comes after the wait has ended changes nothing. */
    static StepState answered(StepEvent.Resumed answer, StepState state, DataLimit room) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>(answer.output());
        if (output.containsKey(StepEvent.Resumed.DECISION)) {
            output.put(BY, answer.by());
            output.put("at", answer.at().toString());
            if (answer.approver() != null) {
                output.put(APPROVER, answer.approver());
            }
        }
        StepWork work = state.work();
        return switch (state.status()) {
            case QUEUED ->
                room.storable(work == null ? output : named(output, work.input()))
                        .map(given ->
                                state.reported(StepStatus.COMPLETED, state.fence(), answer.at(), null, given, null))
                        .orElseGet(() -> state.reported(
                                StepStatus.FAILED,
                                state.fence(),
                                answer.at(),
                                null,
                                null,
                                StepErrors.answerTooLarge()));
            case PENDING ->
                state.output() == null
                        ? room.storable(output).map(state::answeredEarly).orElse(state)
                        : state;
            case RETRYING, COMPLETED, FAILED, FILTERED, CANCELLED, SKIPPED, OMITTED -> state;
        };
    }

    /** Who decided is known by name only once the step has begun. */
    private static Map<String, @Nullable Object> named(
            Map<String, @Nullable Object> output, Map<String, @Nullable Object> input) {
        if (!(output.get(APPROVER) instanceof Integer index)
                || !(input.get(APPROVERS) instanceof List<?> names)
                || index >= names.size()) {
            return output;
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>(output);
        named.put(BY, names.get(index));
        return named;
    }

    /** The job of a wait is due when nobody has answered. */
    static StepState timedOut(WaitStep wait, StepEvent.Completed passed, StepState state) {
        if (state.status() != StepStatus.QUEUED) {
            return state;
        }
        Instant end = passed.run().finishedAt();
        return switch (wait.onTimeout()) {
            case FAIL -> state.ended(StepStatus.FAILED, end, StepErrors.noAnswer(wait.timeout()));
            case CONTINUE -> unanswered(state, end, null);
            case APPROVE -> unanswered(state, end, StepEvent.Resumed.APPROVED);
            case REJECT -> unanswered(state, end, StepEvent.Resumed.REJECTED);
        };
    }

    private static StepState unanswered(StepState state, Instant end, @Nullable String decision) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        if (decision != null) {
            output.put(StepEvent.Resumed.DECISION, decision);
        }
        output.put("timed_out", true);
        return state.reported(StepStatus.COMPLETED, state.fence(), end, null, output, null);
    }

    /** What has to be listened for because a step waits; empty unless it waits for an event. */
    static Optional<Decision> listening(JobId job, StepState state, EventId startedBy) {
        StepWork work = state.work();
        Instant until = state.nextAttemptAt();
        return state.status() == StepStatus.QUEUED
                        && work != null
                        && until != null
                        && work.action().equals(StepWork.WAIT)
                        && work.input().get(KEY) instanceof String key
                ? Optional.of(new Decision.Listen(job, key, startedBy, until))
                : Optional.empty();
    }
}
