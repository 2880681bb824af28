package dev.automationengine.polling.subscription;

import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The forms that active workflows name, or executions wait for, in memory. Its content is the compacted topic of workflow changes. */
@Component
public class FormSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(FormSubscriptions.class);

    /** A form's id becomes part of a URL that is called with a token, so nothing else than an id is taken. */
    private static final Pattern FORM_ID = Pattern.compile("[0-9]{1,32}");

    // Sorted, so that every replica chooses the same of several workflows of a form.
    private final Map<String, List<FormSubscription>> byWorkflow = new TreeMap<>();
    private @Nullable List<FormSubscription> forms;

    FormSubscriptions(MeterRegistry meters) {
        meters.gauge("engine.polling.forms", this, self -> self.forms().size());
    }

    /** Every form of an organization once, with the credential and the page of a trigger that names them. */
    public synchronized List<FormSubscription> forms() {
        List<FormSubscription> known = forms;
        if (known == null) {
            Map<String, FormSubscription> distinct = new LinkedHashMap<>();
            byWorkflow.values().stream()
                    .flatMap(List::stream)
                    .forEach(s -> distinct.merge(s.key(), s, FormSubscriptions::morePrecise));
            known = List.copyOf(distinct.values());
            forms = known;
        }
        return known;
    }

    /** Takes over a change; null: the workflow is gone. */
    synchronized void apply(String key, @Nullable WorkflowChange change) {
        List<FormSubscription> now = change == null
                ? List.of()
                : Stream.concat(Stream.of(change), change.asListeners().stream())
                        .flatMap(each -> form(each).stream())
                        .toList();
        List<FormSubscription> before = now.isEmpty() ? byWorkflow.remove(key) : byWorkflow.put(key, now);
        if (!now.equals(before == null ? List.of() : before)) {
            forms = null;
        }
    }

    private static Optional<FormSubscription> form(WorkflowChange change) {
        Trigger trigger = change.trigger();
        Object formId = trigger.config().get("form_id");
        if (!change.active() || !trigger.type().equals(Trigger.META_LEAD_AD) || formId == null) {
            return Optional.empty();
        }
        if (!FORM_ID.matcher(formId.toString()).matches()) {
            log.warn("Workflow {} of {} names a form_id that is none: not swept", change.workflowId(), change.orgId());
            return Optional.empty();
        }
        Object pageId = trigger.config().get("page_id");
        return Optional.of(new FormSubscription(
                change.orgId(), formId.toString(), pageId == null ? null : pageId.toString(), trigger.credentialId()));
    }

    private static FormSubscription morePrecise(FormSubscription a, FormSubscription b) {
        return precision(b) > precision(a) ? b : a;
    }

    private static int precision(FormSubscription form) {
        return (form.credentialId() == null ? 0 : 2) + (form.pageId() == null ? 0 : 1);
    }
}
