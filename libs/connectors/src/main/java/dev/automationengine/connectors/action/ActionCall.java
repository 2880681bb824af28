package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at an action.
 *
 * @param org the organization
 * @param job the job; it is the same over all attempts, and so the idempotency key
 * @param action the action's name
 * @param input its configuration, templates filled in
 * @param credential the credential; null if the action needs none
 * @param timeout how long the attempt may take
 */
public record ActionCall(
        OrgId org,
        JobId job,
        String action,
        Map<String, @Nullable Object> input,
        @Nullable Credential credential,
        Duration timeout) {
    /** Copies the input, keeping its order. */
    // Not compact: javac leaves the annotation inside of Map<> out of a compact constructor's class file.
    public ActionCall(
            OrgId org,
            JobId job,
            String action,
            Map<String, @Nullable Object> input,
            @Nullable Credential credential,
            Duration timeout) {
        this.org = org;
        this.job = job;
        this.action = action;
        this.input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
        this.credential = credential;
        this.timeout = timeout;
    }
}
