package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.dispatcher.workflow.References.Kind;
import dev.automationengine.dispatcher.workflow.References.Place;
import dev.automationengine.expressions.Finding;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WebhookSecurity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether the credentials that a workflow names are there and of the kind that the action needs, all of them by one query.
 */
@Component
class CredentialCheck {
    private final ActionCatalog actions;
    private final ReferenceNames names;

    CredentialCheck(ActionCatalog actions, ReferenceNames names) {
        this.actions = actions;
        this.names = names;
    }

    List<Finding> findings(OrgId org, Map<String, @Nullable Object> document) {
        List<Place> places = References.of(document).stream()
                .filter(place -> place.kind() == Kind.CREDENTIAL)
                .toList();
        List<String> ids = places.stream().map(Place::id).distinct().toList();
        Map<String, String> kinds = new HashMap<>();
        names.byId(org, Kind.CREDENTIAL, ids).forEach(found -> kinds.put(found.id(), String.valueOf(found.kind())));
        List<Finding> findings = new ArrayList<>();
        for (Place place : places) {
            String kind = kinds.get(place.id());
            String needed = neededKind(place.owner());
            if (kind == null) {
                findings.add(
                        new Finding(place.pointer(), "there is no credential " + place.id() + ": GET /v1/credentials"));
            } else if (needed != null && !needed.equals(kind)) {
                findings.add(new Finding(
                        place.pointer(), place.id() + " is of kind " + kind + ", and one of " + needed + " is needed"));
            }
        }
        return findings;
    }

    private @Nullable String neededKind(Map<?, ?> owner) {
        if (Trigger.WEBHOOK.equals(owner.get("type"))) {
            return WebhookSecurity.CREDENTIAL_KIND;
        }
        Map<String, @Nullable Object> config = new HashMap<>();
        if (owner.get("config") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> config.put(String.valueOf(name), value));
        }
        return actions.find(owner.get("action") instanceof String name ? name : "", config)
                .map(ActionDescriptor::credentialKind)
                .orElse(null);
    }
}
