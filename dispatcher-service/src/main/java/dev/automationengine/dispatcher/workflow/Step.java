package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step of a workflow, checked and compiled. */
public sealed interface Step {
    /** The name of the type of {@link FilterStep}. */
    String FILTER = "FILTER";

    /** The name of the type of {@link ActionStep}. */
    String ACTION = "ACTION";

    /** The name of the type of {@link DelayStep}, and of the work that its job asks for. */
    String DELAY = "DELAY";

    /** Its name, unique in the workflow. */
    StepId id();

    /** The steps that must have completed before it starts; none: it starts with the execution. */
    Set<StepId> dependsOn();

    /** The name of its type in a definition. */
    default String type() {
        return switch (this) {
            case FilterStep filter -> FILTER;
            case ActionStep action -> ACTION;
            case DelayStep delay -> DELAY;
        };
    }

    /** What a worker is asked to do; null if no worker has a part in it. */
    default @Nullable String actionName() {
        return switch (this) {
            case FilterStep filter -> null;
            case ActionStep action -> action.action();
            case DelayStep delay -> DELAY;
        };
    }

    /**
     * Lets an execution go on only if a condition holds; the dispatcher decides it itself.
     *
     * @param id its name
     * @param dependsOn what comes before
     * @param condition what must hold
     */
    record FilterStep(StepId id, Set<StepId> dependsOn, Condition condition) implements Step {
        /** Copies the set. */
        public FilterStep {
            dependsOn = Set.copyOf(dependsOn);
        }
    }

    /**
     * Does something at a third party; a worker carries it out.
     *
     * @param id its name
     * @param dependsOn what comes before
     * @param action what to do
     * @param config what the action needs, with places to fill in
     * @param credentialId the secret to act with; null: the organization's only one of the action's kind
     * @param retryPolicy how often to try
     * @param timeout how long one attempt may take
     * @param onUnknown what follows where nobody knows whether it was done
     */
    record ActionStep(
            StepId id,
            Set<StepId> dependsOn,
            String action,
            Template config,
            @Nullable CredentialId credentialId,
            RetryPolicy retryPolicy,
            Duration timeout,
            OnUnknown onUnknown)
            implements Step {
        /** How long an attempt may take where the workflow says nothing. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

        /** Copies the set. */
        public ActionStep {
            dependsOn = Set.copyOf(dependsOn);
        }
    }

    /**
     * Waits. The time is kept by the job queue, or by MongoDB where it is long, so it costs nothing and survives every
     * restart.
     *
     * @param id its name
     * @param dependsOn what comes before
     * @param duration how long
     */
    record DelayStep(StepId id, Set<StepId> dependsOn, Duration duration) implements Step {
        /** Copies the set. */
        public DelayStep {
            dependsOn = Set.copyOf(dependsOn);
        }
    }
}
