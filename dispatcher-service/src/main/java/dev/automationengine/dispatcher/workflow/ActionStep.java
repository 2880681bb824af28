package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does something at a third party; a worker carries it out.
 *
 * @param frame what all steps have
 * @param action what to do
 * @param config what the action needs, with places to fill in
 * @param credentialId the secret to act with; null: the organization's only one of the action's kind
 * @param retryPolicy how often to try
 * @param timeout how long one attempt may take
 * @param onUnknown what follows where nobody knows whether it was done
 */
public record ActionStep(
        StepFrame frame,
        String action,
        Template config,
        @Nullable CredentialId credentialId,
        RetryPolicy retryPolicy,
        Duration timeout,
        OnUnknown onUnknown)
        implements Step {
    /** How long an attempt may take where the workflow says nothing. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public String type() {
        return ACTION;
    }

    @Override
    public String actionName() {
        return action;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return Map.of("/config", config.references());
    }
}
