package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.workflow.WaitStep.OnTimeout;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps that wait for an answer: WAIT_FOR_EVENT and APPROVAL. */
final class WaitStepParser {
    private static final String TIMEOUT = "timeout";
    private static final String ON_TIMEOUT = "on_timeout";
    private static final String MESSAGE = "message";
    private static final String CALLBACK = "callback";
    private static final String EVENT = "event";
    private static final String APPROVERS = "approvers";

    private final WaitLinks links;
    private final Findings findings;

    WaitStepParser(WaitLinks links, Findings findings) {
        this.links = links;
        this.findings = findings;
    }

    @Nullable
    Step event(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of(CALLBACK, EVENT, TIMEOUT, ON_TIMEOUT), pointer);
        Answer answer = answer(members, pointer);
        Duration timeout = findings.neededWait(members, TIMEOUT, pointer);
        OnTimeout onTimeout = onTimeout(members, pointer, EnumSet.of(OnTimeout.FAIL, OnTimeout.CONTINUE));
        return frame == null || timeout == null || answer == null
                ? null
                : new WaitStep(frame, answer, timeout, onTimeout, links);
    }

    private @Nullable Answer answer(Map<?, ?> members, String pointer) {
        String at = Finding.child(pointer, EVENT);
        Object callback = members.get(CALLBACK);
        if (members.get(EVENT) instanceof Map<?, ?> event && callback == null) {
            AwaitedEvent awaited = AwaitedEvents.read(event, at, findings);
            Object value = event.get("match") instanceof Map<?, ?> match ? match.get("value") : null;
            Template template = findings.template(at + "/match/value", value);
            if (value == null) {
                findings.add(at + "/match/value", "needed: the value that the event has, mostly {{ ... }}");
            }
            return awaited == null || template == null ? null : new Answer.Event(awaited, template);
        }
        if (members.get(EVENT) != null) {
            findings.add(at, "must be an object, and the only thing that the step waits for: leave callback out");
            return null;
        }
        if (!Boolean.TRUE.equals(callback)) {
            findings.add(
                    Finding.child(pointer, CALLBACK),
                    "say what the step waits for: \"callback\": true, a call of waits.ID.url; or \"event\": {...}");
            return null;
        }
        return new Answer.Call();
    }

    @Nullable
    Step approval(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of(MESSAGE, APPROVERS, TIMEOUT, ON_TIMEOUT), pointer);
        String at = Finding.child(pointer, MESSAGE);
        Template message =
                members.get(MESSAGE) instanceof String text && !text.isBlank() ? findings.template(at, text) : null;
        if (!(members.get(MESSAGE) instanceof String text) || text.isBlank()) {
            findings.add(at, "must be a text: what the person is asked");
        }
        List<Template> approvers = approvers(members.get(APPROVERS), Finding.child(pointer, APPROVERS));
        Duration timeout = findings.neededWait(members, TIMEOUT, pointer);
        OnTimeout onTimeout =
                onTimeout(members, pointer, EnumSet.of(OnTimeout.FAIL, OnTimeout.APPROVE, OnTimeout.REJECT));
        return frame == null || timeout == null || message == null
                ? null
                : new WaitStep(frame, new Answer.Decision(message, approvers), timeout, onTimeout, links);
    }

    private List<Template> approvers(@Nullable Object json, String pointer) {
        List<Template> approvers = new ArrayList<>();
        if (json == null) {
            return approvers;
        }
        if (!(json instanceof List<?> list)
                || list.isEmpty()
                || list.size() > Answer.Decision.MOST_APPROVERS
                || !list.stream().allMatch(each -> each instanceof String text && !text.isBlank())) {
            findings.add(pointer, "must be a list of 1 to " + Answer.Decision.MOST_APPROVERS + " names or addresses");
            return approvers;
        }
        for (int i = 0; i < list.size(); i++) {
            Template approver = findings.template(Finding.child(pointer, i), list.get(i));
            if (approver != null) {
                approvers.add(approver);
            }
        }
        return approvers;
    }

    private OnTimeout onTimeout(Map<?, ?> members, String pointer, Set<OnTimeout> allowed) {
        String form = "must be one of "
                + allowed.stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList();
        OnTimeout given = findings.parsed(
                members, ON_TIMEOUT, pointer, text -> OnTimeout.valueOf(text.toUpperCase(Locale.ROOT)), form);
        if (given != null && !allowed.contains(given)) {
            findings.add(Finding.child(pointer, ON_TIMEOUT), form);
        }
        return given == null ? OnTimeout.FAIL : given;
    }
}
