package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the trigger of a definition, or an event that a step waits for. What a type's configuration may say stands in {@link TriggerTypes},
 * or in the manifest of a connector. */
final class TriggerParser {
    private static final Set<String> MEMBERS = Set.of("type", "config", "credential_id");

    private final Findings findings;
    private final Map<String, TriggerTypes.Type> types;

    /**
     * Knows types.
     *
     * @param types what may be said of each, by name
     */
    TriggerParser(Map<String, TriggerTypes.Type> types, Findings findings) {
        this.types = types;
        this.findings = findings;
    }

    /**
     * What brings events; null if it has no type that is known.
     *
     * @param pointer where it stands
     */
    @Nullable
    Trigger parse(@Nullable Object json, String pointer) {
        if (!(json instanceof Map<?, ?> members) || members.isEmpty()) {
            findings.add(pointer, "must be an object: {\"type\": \"META_LEAD_AD\", \"config\": {...}}");
            return null;
        }
        findings.refuseUnknown(members, MEMBERS, pointer);
        CredentialId credential = credential(members, pointer);
        String type = String.valueOf(members.get("type"));
        TriggerTypes.Type known = types.get(type);
        if (known == null) {
            findings.add(pointer + "/type", "must be one of " + types.keySet());
            return null;
        }
        Object given = known.optional() && members.get("config") == null ? Map.of() : members.get("config");
        String config = pointer + "/config";
        Trigger trigger =
                trigger(type, findings.object(given, config, "must be an object, see the trigger's type"), credential);
        known.check()
                .check(
                        trigger,
                        (below, reason) ->
                                findings.add((below.equals("/credential_id") ? pointer : config) + below, reason));
        return trigger;
    }

    /** Reads one that was accepted before; its type may be unknown by now. */
    static Trigger accepted(Map<String, ? extends @Nullable Object> members) {
        Map<?, ?> config = members.get("config") instanceof Map<?, ?> given ? given : Map.of();
        CredentialId credential = new TriggerParser(Map.of(), new Findings()).credential(members, "");
        return trigger(String.valueOf(members.get("type")), config, credential);
    }

    private @Nullable CredentialId credential(Map<?, ?> members, String pointer) {
        return findings.parsed(
                members, "credential_id", pointer, CredentialId::new, "must be the id of a credential: cred_...");
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static Trigger trigger(String type, Map<?, ?> config, @Nullable CredentialId credential) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        config.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return new Trigger(type, copy, credential);
    }
}
