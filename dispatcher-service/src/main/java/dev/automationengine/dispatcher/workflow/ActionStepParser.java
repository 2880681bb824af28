package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads steps of type ACTION. */
final class ActionStepParser {
    private static final Set<String> MEMBERS =
            Set.of("action", "config", "credential_id", "retry_policy", "timeout", "on_unknown");
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    private final ActionCatalog actions;
    private final Findings findings;

    ActionStepParser(ActionCatalog actions, Findings findings) {
        this.actions = actions;
        this.findings = findings;
    }

    @Nullable
    Step parse(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, MEMBERS, pointer);
        String name = members.get("action") instanceof String text ? text : "";
        Map<String, @Nullable Object> config = config(members.get("config"), Finding.child(pointer, "config"));
        boolean known = checkAction(name, config, pointer);
        Template template = findings.template(Finding.child(pointer, "config"), config);
        CredentialId credential = findings.parsed(
                members, "credential_id", pointer, CredentialId::new, "must be the id of a credential: cred_...");
        RetryPolicy retries = new RetryPolicyParser(findings)
                .parse(members.get("retry_policy"), Finding.child(pointer, "retry_policy"));
        Duration timeout = timeout(members, pointer);
        OnUnknown onUnknown = findings.parsed(
                members,
                "on_unknown",
                pointer,
                text -> OnUnknown.valueOf(text.toUpperCase(Locale.ROOT)),
                "must be hold or repeat");
        return frame == null || !known || template == null
                ? null
                : new ActionStep(
                        frame,
                        name,
                        template,
                        credential,
                        retries,
                        timeout,
                        onUnknown == null ? OnUnknown.HOLD : onUnknown);
    }

    private boolean checkAction(String name, Map<String, @Nullable Object> config, String pointer) {
        if (actions.find(name).isEmpty()) {
            findings.add(
                    Finding.child(pointer, "action"),
                    "must be one of "
                            + actions.all().stream().map(each -> each.name()).toList());
            return false;
        }
        actions.check(name, config)
                .forEach(found -> findings.add(Finding.child(pointer, "config") + found.pointer(), found.detail()));
        return true;
    }

    private Map<String, @Nullable Object> config(@Nullable Object json, String pointer) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (json != null) {
            findings.object(json, pointer, "must be an object")
                    .forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        return config;
    }

    private Duration timeout(Map<?, ?> members, String pointer) {
        String form = "must be an ISO-8601 duration between " + SHORTEST_TIMEOUT + " and " + LONGEST_TIMEOUT;
        Duration timeout = findings.parsed(members, "timeout", pointer, Duration::parse, form);
        Predicate<Duration> allowed =
                each -> each.compareTo(SHORTEST_TIMEOUT) >= 0 && each.compareTo(LONGEST_TIMEOUT) <= 0;
        if (timeout != null && !allowed.test(timeout)) {
            findings.add(Finding.child(pointer, "timeout"), form);
        }
        return timeout == null ? ActionStep.DEFAULT_TIMEOUT : timeout;
    }
}
