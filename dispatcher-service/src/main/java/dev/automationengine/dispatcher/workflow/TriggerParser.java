package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the trigger of a definition. */
final class TriggerParser {
    private static final String POINTER = "/trigger";
    private static final String CONFIG = POINTER + "/config";
    private static final Set<String> MEMBERS = Set.of("type", "config", "credential_id");
    private static final Set<String> LEAD_CONFIG = Set.of("form_id", "page_id");
    private static final Set<String> WEBHOOK_CONFIG = Set.of("path");
    private static final Set<String> ERROR_CONFIG = Set.of("workflow_ids");
    private static final int MOST_WORKFLOWS = 100;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");
    private static final Pattern WEBHOOK_PATH = Pattern.compile("[A-Za-z0-9_.~-]{1,100}(/[A-Za-z0-9_.~-]{1,100}){0,9}");

    private final Findings findings;

    TriggerParser(Findings findings) {
        this.findings = findings;
    }

    /** The trigger; null if it has no type that is known. */
    @Nullable
    Trigger parse(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> members) || members.isEmpty()) {
            findings.add(POINTER, "a trigger is needed: {\"type\": \"META_LEAD_AD\", \"config\": {...}}");
            return null;
        }
        findings.refuseUnknown(members, MEMBERS, POINTER);
        CredentialId credential = findings.parsed(
                members, "credential_id", POINTER, CredentialId::new, "must be the id of a credential: cred_...");
        boolean optional =
                Trigger.ERROR.equals(members.get("type")) || Trigger.SUB_WORKFLOW.equals(members.get("type"));
        Object given = optional && members.get("config") == null ? Map.of() : members.get("config");
        Map<?, ?> config = findings.object(given, CONFIG, "must be an object, see the trigger's type");
        return switch (String.valueOf(members.get("type"))) {
            case Trigger.META_LEAD_AD -> trigger(Trigger.META_LEAD_AD, lead(config), credential);
            case Trigger.WEBHOOK -> trigger(Trigger.WEBHOOK, webhook(config), credential);
            case Trigger.ERROR -> trigger(Trigger.ERROR, error(config), credential);
            case Trigger.SUB_WORKFLOW -> trigger(Trigger.SUB_WORKFLOW, nothing(config), credential);
            default -> {
                findings.add(
                        POINTER + "/type",
                        "must be one of "
                                + List.of(Trigger.META_LEAD_AD, Trigger.WEBHOOK, Trigger.ERROR, Trigger.SUB_WORKFLOW));
                yield null;
            }
        };
    }

    private Map<?, ?> lead(Map<?, ?> config) {
        findings.refuseUnknown(config, LEAD_CONFIG, CONFIG);
        if (LEAD_CONFIG.stream().noneMatch(config::containsKey)) {
            findings.add(CONFIG, "name the form_id of a lead form, or the page_id of a page for all its forms");
        }
        for (String name : LEAD_CONFIG) {
            Object id = config.get(name);
            if (config.containsKey(name)
                    && !(id instanceof String text && DIGITS.matcher(text).matches())) {
                // A number in JSON may have lost digits on its way here.
                findings.add(CONFIG + "/" + name, "must be Meta's id as text: digits in quotes");
            }
        }
        return config;
    }

    private Map<?, ?> webhook(Map<?, ?> config) {
        findings.refuseUnknown(config, WEBHOOK_CONFIG, CONFIG);
        if (!(config.get("path") instanceof String path)
                || !WEBHOOK_PATH.matcher(path).matches()) {
            findings.add(
                    CONFIG + "/path",
                    "name the path after /webhooks/{org}/: up to 10 parts of letters, digits, '-', '_', '.' or '~'");
        }
        return config;
    }

    private Map<?, ?> nothing(Map<?, ?> config) {
        findings.refuseUnknown(config, Set.of(), CONFIG);
        return config;
    }

    private Map<?, ?> error(Map<?, ?> config) {
        findings.refuseUnknown(config, ERROR_CONFIG, CONFIG);
        Object ids = config.get("workflow_ids");
        if (ids != null
                && (!(ids instanceof List<?> list)
                        || list.isEmpty()
                        || list.size() > MOST_WORKFLOWS
                        || !list.stream().allMatch(TriggerParser::isWorkflowId))) {
            findings.add(
                    CONFIG + "/workflow_ids",
                    "must be a list of 1 to " + MOST_WORKFLOWS + " ids of workflows: wf_...; leave it out for all");
        }
        return config;
    }

    private static boolean isWorkflowId(@Nullable Object id) {
        try {
            return id instanceof String text && !new WorkflowId(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static Trigger trigger(String type, Map<?, ?> config, @Nullable CredentialId credential) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        config.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return new Trigger(type, copy, credential);
    }
}
