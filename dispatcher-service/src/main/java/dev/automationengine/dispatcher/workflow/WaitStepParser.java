package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.workflow.Step.WaitStep;
import dev.automationengine.dispatcher.workflow.Step.WaitStep.OnTimeout;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import java.time.Duration;
import java.util.EnumSet;
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

    private final WaitLinks links;
    private final Findings findings;

    WaitStepParser(WaitLinks links, Findings findings) {
        this.links = links;
        this.findings = findings;
    }

    @Nullable
    Step event(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of(CALLBACK, TIMEOUT, ON_TIMEOUT), pointer);
        if (!Boolean.TRUE.equals(members.get(CALLBACK))) {
            findings.add(Finding.child(pointer, CALLBACK), "must be true: the step waits for a call of waits.ID.url");
        }
        Duration timeout = timeout(members, pointer);
        OnTimeout onTimeout = onTimeout(members, pointer, EnumSet.of(OnTimeout.FAIL, OnTimeout.CONTINUE));
        return frame == null || timeout == null ? null : new WaitStep(frame, false, null, timeout, onTimeout, links);
    }

    @Nullable
    Step approval(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of(MESSAGE, TIMEOUT, ON_TIMEOUT), pointer);
        String at = Finding.child(pointer, MESSAGE);
        if (!(members.get(MESSAGE) instanceof String text) || text.isBlank()) {
            findings.add(at, "must be a text: what the person is asked");
            return null;
        }
        Template message = findings.template(at, text);
        Duration timeout = timeout(members, pointer);
        OnTimeout onTimeout =
                onTimeout(members, pointer, EnumSet.of(OnTimeout.FAIL, OnTimeout.APPROVE, OnTimeout.REJECT));
        return frame == null || timeout == null || message == null
                ? null
                : new WaitStep(frame, true, message, timeout, onTimeout, links);
    }

    private @Nullable Duration timeout(Map<?, ?> members, String pointer) {
        String form = "must be an ISO-8601 duration such as PT2H or P3D, above zero and at most " + Wait.LONGEST;
        Duration timeout = findings.parsed(members, TIMEOUT, pointer, Duration::parse, form);
        boolean outside = timeout != null && (!timeout.isPositive() || timeout.compareTo(Wait.LONGEST) > 0);
        if (members.get(TIMEOUT) == null || outside) {
            findings.add(Finding.child(pointer, TIMEOUT), form);
        }
        return outside ? null : timeout;
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
