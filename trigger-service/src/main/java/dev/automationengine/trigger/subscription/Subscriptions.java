package dev.automationengine.trigger.subscription;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the active workflows listen to, in memory: finding the subscribers of a lead costs no query. Its content is the
 * compacted topic of workflow changes.
 */
@Component
public class Subscriptions {
    private static final String FORM = "form_id";
    private static final String PAGE = "page_id";
    private static final String PATH = "path";

    /** Stands in keys between a workflow's and the number of an event that its executions wait for. */
    private static final String AWAITED = "#";

    private final Map<String, WorkflowChange> changes = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> keysByIndex = new ConcurrentHashMap<>();
    private final Map<String, Integer> awaited = new HashMap<>();
    private final Map<OrgId, Set<String>> errorTriggers = new ConcurrentHashMap<>();

    /**
     * An organization that is owed a lead.
     *
     * @param org the organization
     * @param credentialId the credential that its trigger names; null if it names none
     */
    public record LeadSubscriber(OrgId org, @Nullable CredentialId credentialId) {}

    /** Takes over a change; null: the workflow is gone. */
    synchronized void apply(String key, @Nullable WorkflowChange change) {
        listen(key, change);
        List<WorkflowChange> awaits = change == null ? List.of() : change.asListeners();
        int known = awaited.getOrDefault(key, 0);
        for (int i = 0; i < Math.max(known, awaits.size()); i++) {
            listen(key + AWAITED + i, i < awaits.size() ? awaits.get(i) : null);
        }
        if (awaits.isEmpty()) {
            awaited.remove(key);
        } else {
            awaited.put(key, awaits.size());
        }
    }

    private void listen(String key, @Nullable WorkflowChange change) {
        WorkflowChange before = change == null ? changes.remove(key) : changes.put(key, change);
        if (before != null) {
            indexes(before).forEach(index -> keysByIndex.computeIfPresent(index, (i, keys) -> without(keys, key)));
            errorTriggers.computeIfPresent(before.orgId(), (org, keys) -> without(keys, key));
        }
        if (change != null) {
            indexes(change).forEach(index -> keysByIndex.merge(index, Set.of(key), Subscriptions::union));
            if (change.trigger().type().equals(Trigger.ERROR)) {
                errorTriggers.merge(change.orgId(), Set.of(key), Subscriptions::union);
            }
        }
    }

    /** The organizations with an active workflow for leads of a form or page, each once. */
    public List<LeadSubscriber> ofLead(String pageId, @Nullable String formId) {
        Map<String, String> match = new HashMap<>();
        match.put(PAGE, pageId);
        if (formId != null) {
            match.put(FORM, formId);
        }
        Map<OrgId, LeadSubscriber> subscribers = new LinkedHashMap<>();
        for (WorkflowChange change : listening(Trigger.META_LEAD_AD, match)) {
            LeadSubscriber subscriber =
                    new LeadSubscriber(change.orgId(), change.trigger().credentialId());
            subscribers.merge(change.orgId(), subscriber, (a, b) -> a.credentialId() == null ? b : a);
        }
        return new ArrayList<>(subscribers.values());
    }

    /**
     * The active workflows of the organization that listen to a webhook's path, and those whose executions may wait for
     * a call of it, in the order of their ids.
     */
    public List<WorkflowChange> ofWebhook(OrgId org, String path) {
        return listening(Trigger.WEBHOOK, Map.of(PATH, path)).stream()
                .filter(change -> change.orgId().equals(org))
                .toList();
    }

    /** Whether an active workflow of the organization listens to such events, or executions of one may wait for them. */
    public boolean listens(OrgId org, String triggerType, Map<String, String> match) {
        return listening(triggerType, match).stream()
                .anyMatch(change -> change.orgId().equals(org));
    }

    /** A workflow of the organization, active or not; null if it is not known here. */
    public @Nullable WorkflowChange of(OrgId org, WorkflowId workflow) {
        return changes.get(WorkflowChange.key(org, workflow));
    }

    /** Whether an active workflow of the organization listens to failures of a workflow. */
    public boolean listensToFailure(OrgId org, WorkflowId workflow) {
        Map<String, String> match = Map.of("workflow_id", workflow.value());
        return errorTriggers.getOrDefault(org, Set.of()).stream()
                .map(changes::get)
                .anyMatch(
                        each -> each != null && each.active() && each.trigger().listensTo(Trigger.ERROR, match));
    }

    /** The organization's subscriptions, active or not. */
    public Collection<WorkflowChange> of(OrgId org) {
        return changes.entrySet().stream()
                .filter(each -> !each.getKey().contains(AWAITED))
                .map(Map.Entry::getValue)
                .filter(change -> change.orgId().equals(org))
                .toList();
    }

    private List<WorkflowChange> listening(String triggerType, Map<String, String> match) {
        Set<String> keys = new TreeSet<>();
        match.forEach(
                (name, value) -> keys.addAll(keysByIndex.getOrDefault(index(triggerType, name, value), Set.of())));
        return keys.stream()
                .map(changes::get)
                .filter(c -> c != null && c.active() && c.trigger().listensTo(triggerType, match))
                .toList();
    }

    /** A trigger that names nothing to select by has no index, so it hears nothing rather than everything. */
    private static List<String> indexes(WorkflowChange change) {
        Trigger trigger = change.trigger();
        List<String> indexes = new ArrayList<>();
        trigger.selectors().forEach((name, value) -> indexes.add(index(trigger.type(), name, value)));
        return indexes;
    }

    private static String index(String triggerType, String name, String value) {
        return triggerType + "/" + name + "/" + value;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new TreeSet<>(a);
        union.addAll(b);
        return Set.copyOf(union);
    }

    private static @Nullable Set<String> without(Set<String> keys, String key) {
        Set<String> rest = new TreeSet<>(keys);
        rest.remove(key);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }
}
