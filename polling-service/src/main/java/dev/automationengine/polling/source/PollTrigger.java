package dev.automationengine.polling.source;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A source that a workflow waits for news of.
 *
 * @param org the organization
 * @param workflow the workflow
 * @param source the source's name
 * @param every longest pause between two looks; null: the engine's
 * @param backfill whether what is there at the first look is news
 * @param config what the source needs
 * @param credentialId the credential that the trigger names; null if it names none
 */
record PollTrigger(
        OrgId org,
        WorkflowId workflow,
        String source,
        @Nullable Duration every,
        boolean backfill,
        Map<String, @Nullable Object> config,
        @Nullable CredentialId credentialId) {
    private static final String BACKFILL = "backfill";
    private static final JsonMapper JSON = JsonMapper.shared();

    // Not compact: javac leaves the annotation inside of Map<> out of a compact constructor's class file.
    PollTrigger(
            OrgId org,
            WorkflowId workflow,
            String source,
            @Nullable Duration every,
            boolean backfill,
            Map<String, @Nullable Object> config,
            @Nullable CredentialId credentialId) {
        this.org = org;
        this.workflow = workflow;
        this.source = source;
        this.every = every;
        this.backfill = backfill;
        this.config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        this.credentialId = credentialId;
    }

    /** The source that an active workflow names; empty if it is started by something else. */
    static Optional<PollTrigger> of(WorkflowChange change) {
        Trigger trigger = change.trigger();
        if (!change.active()
                || !trigger.type().equals(Trigger.POLL)
                || !(trigger.config().get("source") instanceof String source)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (trigger.config().get("config") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> config.put(String.valueOf(name), value));
        }
        return Optional.of(new PollTrigger(
                change.orgId(),
                change.workflowId(),
                source,
                duration(trigger.config().get("every")),
                BACKFILL.equals(trigger.config().get("first")),
                config,
                trigger.credentialId()));
    }

    /** The id of its state: {@code org:workflow}. */
    String key() {
        return key(org, workflow);
    }

    static String key(OrgId org, WorkflowId workflow) {
        return org + ":" + workflow;
    }

    /** What another source would differ in: with another fingerprint, looking begins anew. */
    String fingerprint() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256")
                    .digest((source + JSON.writeValueAsString(new TreeMap<>(config))).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static @Nullable Duration duration(@Nullable Object text) {
        try {
            return text == null ? null : Duration.parse(text.toString());
        } catch (DateTimeParseException e) {
            // Stored before durations were checked.
            return null;
        }
    }
}
