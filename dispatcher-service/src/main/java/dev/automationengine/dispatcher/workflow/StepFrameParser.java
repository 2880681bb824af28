package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Finding;
import dev.automationengine.model.id.StepId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what all steps have. */
final class StepFrameParser {
    /** The members that every step may have. */
    static final Set<String> MEMBERS = Set.of("id", "type", "depends_on", "join", "run_if", "on_error");

    private static final String ON_ERROR_FORM = "must be \"fail\", \"continue\" or {\"go_to\": \"ID of a step\"}";

    private final Findings findings;

    StepFrameParser(Findings findings) {
        this.findings = findings;
    }

    /** The frame; null if it cannot be read, though what could be may be looked at. */
    @Nullable
    StepFrame parse(Map<?, ?> members, String pointer) {
        StepId id = id(members, pointer);
        Set<Need> needs = needs(members.get("depends_on"), Finding.child(pointer, "depends_on"));
        Join join = findings.parsed(
                members, "join", pointer, text -> Join.valueOf(text.toUpperCase(Locale.ROOT)), "must be all or any");
        Condition runIf = members.get("run_if") == null
                ? null
                : findings.condition(Finding.child(pointer, "run_if"), members.get("run_if"));
        OnError onError = onError(members.get("on_error"), Finding.child(pointer, "on_error"));
        return id == null || (runIf == null && members.get("run_if") != null)
                ? null
                : new StepFrame(id, List.copyOf(needs), join == null ? Join.ALL : join, runIf, onError);
    }

    private @Nullable StepId id(Map<?, ?> members, String pointer) {
        String form = "must be 1 to 64 letters, digits, '_' or '-', starting with a letter";
        if (members.get("id") == null) {
            findings.add(Finding.child(pointer, "id"), form);
        }
        return findings.parsed(members, "id", pointer, StepId::new, form);
    }

    private Set<Need> needs(@Nullable Object json, String pointer) {
        Set<Need> needs = new LinkedHashSet<>();
        if (json == null) {
            return needs;
        }
        if (!(json instanceof List<?> list)) {
            findings.add(pointer, "must be a list of step ids");
            return needs;
        }
        for (int i = 0; i < list.size(); i++) {
            Map<String, @Nullable Object> member = new LinkedHashMap<>();
            member.put(Integer.toString(i), list.get(i));
            Need need = findings.parsed(
                    member, Integer.toString(i), pointer, Need::parse, "must be the id of a step, or ID.PORT");
            if (need != null) {
                needs.add(need);
            }
        }
        return needs;
    }

    private OnError onError(@Nullable Object json, String pointer) {
        if (json instanceof Map<?, ?> members) {
            findings.refuseUnknown(members, Set.of("go_to"), pointer);
            StepId target = findings.parsed(members, "go_to", pointer, StepId::new, "must be the id of a step");
            if (members.get("go_to") == null) {
                findings.add(pointer, ON_ERROR_FORM);
            }
            return target == null ? new OnError.Fail() : new OnError.GoTo(target);
        }
        if (json == null || "fail".equals(json)) {
            return new OnError.Fail();
        }
        if (!"continue".equals(json)) {
            findings.add(pointer, ON_ERROR_FORM);
        }
        return new OnError.Continue();
    }
}
