package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
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
 * @param effectKey what the effect is known by at the third party: the same over all attempts, rescues and redrives.
 *     Manifests know it as {@code job.id}
 * @param action the action's name
 * @param input its configuration, templates filled in
 * @param credential the credential; null if the action needs none
 * @param timeout how long one call may take; a {@link EffectMode#VERIFIABLE} action may make two
 * @param inDoubt whether an earlier attempt may have done it already: a {@link EffectMode#VERIFIABLE} action then looks
 *     before it acts
 */
public record ActionCall(
        OrgId org,
        String effectKey,
        String action,
        Map<String, @Nullable Object> input,
        @Nullable Credential credential,
        Duration timeout,
        boolean inDoubt) {
    /** Copies the input, keeping its order. */
    // Not compact: javac leaves the annotation inside of Map<> out of a compact constructor's class file.
    public ActionCall(
            OrgId org,
            String effectKey,
            String action,
            Map<String, @Nullable Object> input,
            @Nullable Credential credential,
            Duration timeout,
            boolean inDoubt) {
        this.org = org;
        this.effectKey = effectKey;
        this.action = action;
        this.input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
        this.credential = credential;
        this.timeout = timeout;
        this.inDoubt = inDoubt;
    }

    /** Whose calls share a circuit breaker per host: those of one organization with one credential. */
    String connection() {
        return org + "/" + (credential == null ? "-" : credential.id().value());
    }
}
