package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does for a step: the dispatcher writes it, rendered, into the execution's document
 * ({@code executions}, member {@code steps.ID.work}); the job in Redis only points at it, so that no personal data
 * lies there.
 *
 * @param action the action, for instance {@code CRM_INSERT}
 * @param input its configuration with every template filled in
 * @param credentialId the secret to act with; null where none is needed, or where the organization has just one of
 *     the action's kind
 * @param retryPolicy how often to try
 * @param timeout how long one attempt may take
 * @param effectKey what the effect is known by at the third party, the same over all attempts and redrives; null: the
 *     job's id
 * @param onUnknown what follows where nobody knows whether the action was done; null: {@link OnUnknown#HOLD}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepWork(
        String action,
        Map<String, @Nullable Object> input,
        @Nullable CredentialId credentialId,
        RetryPolicy retryPolicy,
        Duration timeout,
        @Nullable String effectKey,
        @Nullable OnUnknown onUnknown) {
    /** The action of a job that only passes the time; a worker that gets it reports at once that it is completed. */
    public static final String DELAY = "DELAY";

    /**
     * The action of a step that waits for an answer: its job is due when the wait has lasted too long. A worker that gets
     * it reports at once that it is completed, and the dispatcher reads that as timed out.
     */
    public static final String WAIT = "WAIT";

    /** Whether a job of an action asks for nothing but the time to pass. */
    public static boolean passesTime(String action) {
        return action.equals(DELAY) || action.equals(WAIT);
    }

    /**
     * The rate limit that a job falls under, within its organization: what is called with the same credential shares one.
     *
     * @param action the action
     * @param credentialId the credential that the step names; null if it names none
     */
    public static String limitKey(String action, @Nullable String credentialId) {
        return action + ":" + (credentialId == null ? "-" : credentialId);
    }

    /** Known by the job's id, and held when in doubt. */
    public StepWork(
            String action,
            Map<String, @Nullable Object> input,
            @Nullable CredentialId credentialId,
            RetryPolicy retryPolicy,
            Duration timeout) {
        this(action, input, credentialId, retryPolicy, timeout, null, null);
    }

    /** Copies the input, keeping its order. */
    public StepWork {
        input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
    }
}
