package dev.automationengine.worker.attempt;

import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;

/** The errors that are this engine's own, each with what to do about it. */
final class StepErrors {
    /** Code of a step that nobody may repeat without looking. */
    static final String OUTCOME_UNKNOWN = "outcome_unknown";

    /** Code of a step that too many workers fell silent with. */
    static final String WORKERS_LOST = "workers_lost";

    private static final String LOOK = "Look at the third party whether it was done. If it was not, redrive the step.";

    private StepErrors() {}

    static StepError workUnreadable() {
        return error(
                ErrorClass.INTERNAL,
                "work_unreadable",
                "The engine cannot read what it stored for this step.",
                "Redrive the step; if it fails again, tell the operator.");
    }

    static StepError unknownAction(String action) {
        return error(
                ErrorClass.CONFIGURATION,
                "unknown_action",
                "This worker knows no action " + action + ".",
                "Correct the workflow, or bring all workers to the same version, then redrive.");
    }

    static StepError internal() {
        return error(
                ErrorClass.INTERNAL,
                "internal",
                "The attempt failed inside the engine.",
                "If this goes on, tell the operator the execution's id.");
    }

    /** A job that may be what kills the workers. */
    static StepError workersLost(int rescues) {
        return error(
                ErrorClass.INTERNAL,
                WORKERS_LOST,
                rescues + " workers fell silent while they held this step.",
                "Tell the operator the execution's id: the step may be what ends the workers. Look at the third party"
                        + " whether it was done, then redrive.");
    }

    /** A rescued attempt of an action that must not be repeated: nothing was done now, nobody knows about before. */
    static StepError rescued() {
        return error(
                ErrorClass.TIMEOUT,
                OUTCOME_UNKNOWN,
                "A worker fell silent during this attempt. Nobody knows whether the action was done.",
                LOOK);
    }

    static StepError outcomeUnknown(StepError error) {
        return new StepError(
                error.errorClass(),
                OUTCOME_UNKNOWN,
                "Nobody knows whether the action was done: " + error.message(),
                error.httpStatus(),
                error.request(),
                error.answer(),
                LOOK);
    }

    private static StepError error(ErrorClass errorClass, String code, String message, String advice) {
        return new StepError(errorClass, code, message, null, null, null, advice);
    }
}
