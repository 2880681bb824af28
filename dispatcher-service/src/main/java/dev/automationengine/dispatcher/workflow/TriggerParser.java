package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the trigger of a definition. What a type's configuration may say stands in {@link TriggerTypes}. */
final class TriggerParser {
    private static final String POINTER = "/trigger";
    private static final String CONFIG = POINTER + "/config";
    private static final Set<String> MEMBERS = Set.of("type", "config", "credential_id");

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
        String type = String.valueOf(members.get("type"));
        TriggerTypes.Type known = TriggerTypes.ALL.get(type);
        if (known == null) {
            findings.add(POINTER + "/type", "must be one of " + TriggerTypes.ALL.keySet());
            return null;
        }
        Object given = known.optional() && members.get("config") == null ? Map.of() : members.get("config");
        Trigger trigger =
                trigger(type, findings.object(given, CONFIG, "must be an object, see the trigger's type"), credential);
        known.check()
                .check(
                        trigger,
                        (pointer, reason) ->
                                findings.add((pointer.equals("/credential_id") ? POINTER : CONFIG) + pointer, reason));
        return trigger;
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static Trigger trigger(String type, Map<?, ?> config, @Nullable CredentialId credential) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        config.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return new Trigger(type, copy, credential);
    }
}
