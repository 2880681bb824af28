package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.AwaitedEvent;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.expressions.EvaluationException;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the dispatcher itself finds wrong with a step, and how workflows read errors. */
final class StepErrors {
    private static final int MAX_MESSAGE = 1_000;

    private StepErrors() {}

    static StepError inputTooLarge() {
        return error(
                "input_too_large",
                "Filled in, the configuration of the step is too large or nested too deep.",
                "Fill in single fields instead of whole objects.");
    }

    static StepError outputTooLarge() {
        return error(
                "output_too_large",
                "What the step gives is too large or nested too deep to be kept.",
                "Take single fields instead of whole objects.");
    }

    static StepError answerTooLarge() {
        return error(
                "output_too_large",
                "The action was carried out, but what it gave is too large to be kept.",
                "Ask the third party for less, for instance by a filter or fewer fields.");
    }

    static StepError noTime() {
        return error(
                "no_time",
                "The end of the delay is no time, or more than a year away.",
                "Let until give an ISO-8601 time with its offset, such as 2026-11-23T09:00:00+01:00.");
    }

    static StepError notEvaluated(EvaluationException cause) {
        return error(
                "expression_failed",
                brief("An expression of the step could not be evaluated: " + cause.getMessage()),
                "Try it with a test run on this event's data.");
    }

    static StepError noAnswer(Duration timeout) {
        return error(
                "timed_out",
                "Nobody answered within " + timeout + ".",
                "Let on_timeout say what follows, or wait longer.");
    }

    static StepError tooSlow() {
        return error(
                "timed_out",
                "The executions that the step started did not end in time; those under way were given up.",
                "Let timeout be longer, or concurrency higher, or let on_error say what follows.");
    }

    static StepError nothingToWaitFor() {
        return error(
                "nothing_to_wait_for",
                "What match gives is missing, or no text, number or truth of at most " + AwaitedEvent.MAX_VALUE
                        + " characters: no event can have it.",
                "Let match.value give what the event will have at match.field, such as an id.");
    }

    static StepError noList() {
        return error(
                "no_list", "What items gives is no list.", "Let items give a list, such as {{ trigger.body.items }}.");
    }

    static StepError tooManyItems(int items) {
        return error(
                "too_many_items",
                items + " items are more than " + ForEachStep.MAX_ITEMS + ".",
                "Send fewer at a time, or filter the list first.");
    }

    static StepError childFailed(StepEvent.ChildEnded ended) {
        StepError cause = ended.error();
        return new StepError(
                cause == null ? ErrorClass.CONFIGURATION : cause.errorClass(),
                cause == null ? "child_cancelled" : cause.code(),
                brief("Execution " + ended.child() + " (item " + ended.index() + ") ended as "
                        + Names.of(ended.status()) + (cause == null ? "." : ": " + cause.message())),
                cause == null ? null : cause.httpStatus(),
                null,
                null,
                cause == null ? "" : cause.advice());
    }

    static StepError noSuchWorkflow(WorkflowId workflow) {
        return error(
                "no_such_workflow",
                "There is no workflow " + workflow + " that steps may run.",
                "Name a workflow whose trigger is of type SUB_WORKFLOW.");
    }

    static StepError tooDeep() {
        return error(
                "too_deep",
                "More than " + Parent.MAX_DEPTH + " executions stand above each other.",
                "See whether a workflow runs itself.");
    }

    static StepError stopped(String message) {
        return error("stopped", message.isEmpty() ? "The workflow ends here as failed." : message, "");
    }

    /** What later steps read as {@code steps.ID.error}: not what was asked and answered. */
    static Map<String, @Nullable Object> readable(StepError error) {
        Map<String, @Nullable Object> readable = new LinkedHashMap<>();
        readable.put("class", error.errorClass().name().toLowerCase(Locale.ROOT));
        readable.put("code", error.code());
        readable.put("message", error.message());
        readable.put("http_status", error.httpStatus());
        return readable;
    }

    /** A text of an author, filled in, in a length that people read. */
    static String brief(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }

    private static StepError error(String code, String message, String advice) {
        return new StepError(ErrorClass.CONFIGURATION, code, message, null, null, null, advice);
    }
}
