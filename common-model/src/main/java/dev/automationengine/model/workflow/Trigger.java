package dev.automationengine.model.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.CredentialId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What starts a workflow.
 *
 * @param type the kind of trigger, for instance {@value #META_LEAD_AD}; open, so that new kinds need no new dispatcher
 * @param config what the kind needs: {@code form_id} and {@code page_id} of a lead ad, {@code path},
 *     {@code security} and {@code respond} of a webhook, {@code workflow_ids} of an error trigger, {@code cron},
 *     {@code time_zone} and {@code catch_up} of a schedule
 * @param credentialId the secret to reach the source with; null where none is needed, or where the organization has
 *     just one of the kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trigger(
        String type,
        Map<String, @Nullable Object> config,
        @Nullable CredentialId credentialId) {
    /** A lead from a form of Meta's lead ads. */
    public static final String META_LEAD_AD = "META_LEAD_AD";

    /** What became of a WhatsApp message that the engine sent: delivered, read, failed. */
    public static final String WHATSAPP_STATUS = "WHATSAPP_STATUS";

    /** A call of {@code /webhooks/{org}/{path}}. */
    public static final String WEBHOOK = "WEBHOOK";

    /**
     * An execution of another workflow that failed; {@code workflow_ids} in the configuration names those workflows, all of
     * the organization if it is absent. An execution that such a trigger started never starts another one by failing.
     */
    public static final String ERROR = "ERROR";

    /** Points of time that {@code cron} names in a {@code time_zone}; the scheduler's event is for one workflow only. */
    public static final String SCHEDULE = "SCHEDULE";

    /**
     * A person or program that asks for a run, with an input that {@code input_schema} may describe. Every workflow may be
     * run that way, whatever its own trigger is; this one waits for nothing else.
     */
    public static final String MANUAL = "MANUAL";

    /** A step of another workflow that runs this one; no event starts it. */
    public static final String SUB_WORKFLOW = "SUB_WORKFLOW";

    /** What a look at a source that does not call finds new. */
    public static final String POLL = "POLL";

    /**
     * A person who tries a single step. No workflow can have it: it marks executions that nobody is told of when they
     * fail, because the one who asked is looking.
     */
    public static final String TEST = "TEST";

    /** What a configuration may select events by, beside their type. */
    private static final List<String> SELECTORS =
            List.of("form_id", "page_id", "path", "phone_number_id", "status", "settled");

    private static final String WORKFLOW_ID = "workflow_id";
    private static final String WORKFLOW_IDS = "workflow_ids";

    /** Copies the configuration, keeping its order; without one, it is empty. */
    @SuppressWarnings("NullAway") // Jackson hands null for a member that is absent.
    public Trigger {
        config = config == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** What the configuration selects events by, in a fixed order; empty: by nothing but the type. */
    public Map<String, String> selectors() {
        Map<String, String> selectors = new LinkedHashMap<>();
        for (String name : SELECTORS) {
            Object value = config.get(name);
            if (value != null) {
                selectors.put(name, value.toString());
            }
        }
        return Collections.unmodifiableMap(selectors);
    }

    /**
     * Whether an event that names the one workflow that it is for may start it: an event of the trigger's own type, or
     * what a person asked for.
     */
    public boolean startsBy(String eventTriggerType) {
        return type.equals(eventTriggerType) || eventTriggerType.equals(MANUAL);
    }

    /**
     * Whether an event that is for whoever listens is for this trigger.
     *
     * @param eventTriggerType the type of trigger that the event is for
     * @param match what the event may be selected by; every entry that the configuration names must be equal
     */
    public boolean listensTo(String eventTriggerType, Map<String, String> match) {
        if (!type.equals(eventTriggerType)) {
            return false;
        }
        if (type.equals(ERROR)) {
            return !(config.get(WORKFLOW_IDS) instanceof List<?> wanted) || wanted.contains(match.get(WORKFLOW_ID));
        }
        for (Map.Entry<String, String> entry : match.entrySet()) {
            Object wanted = config.get(entry.getKey());
            if (wanted != null && !wanted.toString().equals(entry.getValue())) {
                return false;
            }
        }
        return true;
    }
}
