package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.workflow.Step.ActionStep;
import dev.automationengine.dispatcher.workflow.Step.DelayStep;
import dev.automationengine.dispatcher.workflow.Step.FilterStep;
import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads single steps of a definition. */
final class StepParser {
    private static final Set<String> FILTER_MEMBERS = Set.of("id", "type", "depends_on", "condition");
    private static final Set<String> ACTION_MEMBERS = Set.of(
            "id", "type", "depends_on", "action", "config", "credential_id", "retry_policy", "timeout", "on_unknown");
    private static final Set<String> DELAY_MEMBERS = Set.of("id", "type", "depends_on", "duration");
    private static final Duration LONGEST_DELAY = Duration.ofDays(366);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    private final ActionCatalog actions;
    private final Findings findings;

    StepParser(ActionCatalog actions, Findings findings) {
        this.actions = actions;
        this.findings = findings;
    }

    /** The step; null if something in it is wrong. */
    @Nullable
    Step parse(@Nullable Object json, String pointer) {
        if (!(json instanceof Map<?, ?> members) || members.isEmpty()) {
            findings.add(pointer, "a step is an object with id and type");
            return null;
        }
        StepId id = id(members, pointer);
        Set<StepId> dependsOn = dependsOn(members.get("depends_on"), Finding.child(pointer, "depends_on"));
        return switch (String.valueOf(members.get("type"))) {
            case Step.FILTER -> filter(id, dependsOn, members, pointer);
            case Step.ACTION -> action(id, dependsOn, members, pointer);
            case Step.DELAY -> delay(id, dependsOn, members, pointer);
            default -> {
                findings.add(
                        Finding.child(pointer, "type"),
                        "must be one of " + List.of(Step.FILTER, Step.ACTION, Step.DELAY));
                yield null;
            }
        };
    }

    private @Nullable StepId id(Map<?, ?> members, String pointer) {
        String form = "must be 1 to 64 letters, digits, '_' or '-', starting with a letter";
        if (members.get("id") == null) {
            findings.add(Finding.child(pointer, "id"), form);
        }
        return findings.parsed(members, "id", pointer, StepId::new, form);
    }

    private Set<StepId> dependsOn(@Nullable Object json, String pointer) {
        Set<StepId> ids = new LinkedHashSet<>();
        if (json == null) {
            return ids;
        }
        if (!(json instanceof List<?> list)) {
            findings.add(pointer, "must be a list of step ids");
            return ids;
        }
        for (int i = 0; i < list.size(); i++) {
            Map<String, @Nullable Object> member = new LinkedHashMap<>();
            member.put(Integer.toString(i), list.get(i));
            StepId id = findings.parsed(member, Integer.toString(i), pointer, StepId::new, "must be the id of a step");
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private @Nullable Step filter(@Nullable StepId id, Set<StepId> dependsOn, Map<?, ?> members, String pointer) {
        findings.refuseUnknown(members, FILTER_MEMBERS, pointer);
        Condition condition =
                findings.compiled(Finding.child(pointer, "condition"), Condition::parse, members.get("condition"));
        return id == null || condition == null ? null : new FilterStep(id, dependsOn, condition);
    }

    private @Nullable Step action(@Nullable StepId id, Set<StepId> dependsOn, Map<?, ?> members, String pointer) {
        findings.refuseUnknown(members, ACTION_MEMBERS, pointer);
        String name = members.get("action") instanceof String text ? text : "";
        Map<String, @Nullable Object> config = config(members.get("config"), Finding.child(pointer, "config"));
        boolean known = checkAction(name, config, pointer);
        Template template = findings.compiled(Finding.child(pointer, "config"), Template::compile, config);
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
        return id == null || !known || template == null
                ? null
                : new ActionStep(
                        id,
                        dependsOn,
                        name,
                        template,
                        credential,
                        retries,
                        timeout,
                        onUnknown == null ? OnUnknown.HOLD : onUnknown);
    }

    private @Nullable Step delay(@Nullable StepId id, Set<StepId> dependsOn, Map<?, ?> members, String pointer) {
        findings.refuseUnknown(members, DELAY_MEMBERS, pointer);
        String form = "must be an ISO-8601 duration such as PT30S or P2D, above zero and at most " + LONGEST_DELAY;
        Duration duration = findings.parsed(members, "duration", pointer, Duration::parse, form);
        boolean absent = members.get("duration") == null;
        boolean outside = duration != null && (!duration.isPositive() || duration.compareTo(LONGEST_DELAY) > 0);
        if (absent || outside) {
            findings.add(Finding.child(pointer, "duration"), form);
        }
        return id == null || duration == null || outside ? null : new DelayStep(id, dependsOn, duration);
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
