package dev.automationengine.dispatcher.workflow;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.Projections;
import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.expressions.Finding;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WebhookSecurity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Whether the credentials that a workflow names are there and of the kind that the action needs. Of a credential it reads
 * the kind alone, of all of a workflow's by one query.
 */
@Component
class CredentialCheck {
    private static final String CREDENTIAL = "credential_id";

    private final ActionCatalog actions;
    private final MongoOperations mongo;

    CredentialCheck(ActionCatalog actions, MongoOperations mongo) {
        this.actions = actions;
        this.mongo = mongo;
    }

    List<Finding> findings(OrgId org, Map<String, @Nullable Object> document) {
        Map<String, Named> named = new LinkedHashMap<>();
        if (document.get("trigger") instanceof Map<?, ?> trigger) {
            String kind = Trigger.WEBHOOK.equals(trigger.get("type")) ? WebhookSecurity.CREDENTIAL_KIND : null;
            collect(trigger, kind, "/trigger", named);
        }
        collectSteps(document.get("steps"), "/steps", named);
        if (named.isEmpty()) {
            return List.of();
        }
        Map<String, String> kinds =
                kinds(org, named.values().stream().map(Named::id).distinct().toList());
        List<Finding> findings = new ArrayList<>();
        named.forEach((pointer, each) -> {
            String kind = kinds.get(each.id());
            if (kind == null) {
                findings.add(new Finding(pointer, "there is no credential " + each.id() + ": GET /v1/credentials"));
            } else if (each.kind() != null && !each.kind().equals(kind)) {
                findings.add(new Finding(
                        pointer, each.id() + " is of kind " + kind + ", and one of " + each.kind() + " is needed"));
            }
        });
        return findings;
    }

    private void collectSteps(@Nullable Object steps, String pointer, Map<String, Named> into) {
        if (!(steps instanceof List<?> list)) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> step) {
                String at = Finding.child(pointer, i);
                String action = step.get("action") instanceof String name ? name : "";
                String kind = actions.find(action)
                        .map(ActionDescriptor::credentialKind)
                        .orElse(null);
                collect(step, kind, at, into);
                collectSteps(step.get("steps"), Finding.child(at, "steps"), into);
            }
        }
    }

    private static void collect(Map<?, ?> members, @Nullable String kind, String pointer, Map<String, Named> into) {
        if (members.get(CREDENTIAL) instanceof String id) {
            into.put(Finding.child(pointer, CREDENTIAL), new Named(id, kind));
        }
    }

    private Map<String, String> kinds(OrgId org, List<String> ids) {
        Map<String, String> kinds = new HashMap<>();
        mongo.getCollection(CredentialStore.COLLECTION)
                .find(and(in("_id", ids), eq("org_id", org.value())))
                .projection(Projections.include("kind"))
                .forEach((Document found) -> kinds.put(found.getString("_id"), found.getString("kind")));
        return kinds;
    }

    private record Named(String id, @Nullable String kind) {}
}
