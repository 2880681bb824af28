package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import dev.automationengine.model.workflow.RetryPolicy;
import dev.automationengine.model.workflow.RetryPolicy.Budget;
import dev.automationengine.model.workflow.RetryPolicy.Strategy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the retry policy of a step. */
final class RetryPolicyParser {
    private static final Set<String> MEMBERS =
            Set.of("strategy", "attempts", "initial_delay", "max_delay", "throttle", "authentication");
    private static final Set<String> BUDGET_MEMBERS = Set.of("attempts", "within");
    private static final Duration LONGEST_BUDGET = Duration.ofDays(7);
    private static final Duration LONGEST_DELAY = Duration.ofHours(24);
    private static final String DELAY = "must be an ISO-8601 duration from PT0S to " + LONGEST_DELAY;

    private final Findings findings;

    RetryPolicyParser(Findings findings) {
        this.findings = findings;
    }

    /** The policy; the usual one if there is none, or if it is wrong. */
    RetryPolicy parse(@Nullable Object json, String pointer) {
        if (json == null) {
            return RetryPolicy.DEFAULT;
        }
        Map<?, ?> members = findings.object(json, pointer, "must be an object such as {\"attempts\": 3}");
        findings.refuseUnknown(members, MEMBERS, pointer);
        Strategy strategy = findings.parsed(
                members,
                "strategy",
                pointer,
                text -> Strategy.valueOf(text.toUpperCase(Locale.ROOT)),
                "must be fixed, linear or exponential");
        int attempts = attempts(members, pointer, RetryPolicy.DEFAULT.attempts());
        Duration initial = delay(members, "initial_delay", pointer);
        Duration max = delay(members, "max_delay", pointer);
        Budget throttle = budget(members, "throttle", RetryPolicy.DEFAULT_THROTTLE, pointer);
        Budget authentication = budget(members, "authentication", RetryPolicy.DEFAULT_AUTHENTICATION, pointer);
        try {
            return new RetryPolicy(strategy, attempts, initial, max, throttle, authentication);
        } catch (IllegalArgumentException e) {
            findings.add(pointer, "initial_delay (PT1S if absent) must not be above max_delay (PT5M if absent)");
            return RetryPolicy.DEFAULT;
        }
    }

    private @Nullable Budget budget(Map<?, ?> policy, String name, Budget usual, String policyPointer) {
        if (policy.get(name) == null) {
            return null;
        }
        String pointer = Finding.child(policyPointer, name);
        Map<?, ?> members = findings.object(
                policy.get(name), pointer, "must be an object such as {\"attempts\": 100, \"within\": \"PT24H\"}");
        findings.refuseUnknown(members, BUDGET_MEMBERS, pointer);
        int attempts = attempts(members, pointer, usual.attempts());
        String form = "must be an ISO-8601 duration above zero and at most " + LONGEST_BUDGET;
        Duration within = findings.parsed(members, "within", pointer, Duration::parse, form);
        if (within != null && (!within.isPositive() || within.compareTo(LONGEST_BUDGET) > 0)) {
            findings.add(Finding.child(pointer, "within"), form);
            return null;
        }
        return new Budget(attempts, within == null ? usual.within() : within);
    }

    private int attempts(Map<?, ?> members, String pointer, int usual) {
        Object attempts = members.get("attempts");
        if (attempts instanceof Integer number && number >= 1 && number <= RetryPolicy.MAX_ATTEMPTS) {
            return number;
        }
        if (attempts != null) {
            findings.add(Finding.child(pointer, "attempts"), "must be 1 to " + RetryPolicy.MAX_ATTEMPTS);
        }
        return usual;
    }

    private @Nullable Duration delay(Map<?, ?> members, String name, String pointer) {
        Duration delay = findings.parsed(members, name, pointer, Duration::parse, DELAY);
        if (delay != null && (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0)) {
            findings.add(Finding.child(pointer, name), DELAY);
            return null;
        }
        return delay;
    }
}
