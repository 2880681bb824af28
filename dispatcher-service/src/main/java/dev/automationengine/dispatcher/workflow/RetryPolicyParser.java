package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import dev.automationengine.model.workflow.RetryPolicy;
import dev.automationengine.model.workflow.RetryPolicy.Strategy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the retry policy of a step. */
final class RetryPolicyParser {
    private static final Set<String> MEMBERS = Set.of("strategy", "attempts", "initial_delay", "max_delay");
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
        int attempts = attempts(members, pointer);
        Duration initial = delay(members, "initial_delay", pointer);
        Duration max = delay(members, "max_delay", pointer);
        try {
            return new RetryPolicy(strategy, attempts, initial, max);
        } catch (IllegalArgumentException e) {
            findings.add(pointer, "initial_delay (PT1S if absent) must not be above max_delay (PT5M if absent)");
            return RetryPolicy.DEFAULT;
        }
    }

    private int attempts(Map<?, ?> members, String pointer) {
        Object attempts = members.get("attempts");
        if (attempts instanceof Integer number && number >= 1 && number <= RetryPolicy.MAX_ATTEMPTS) {
            return number;
        }
        if (attempts != null) {
            findings.add(Finding.child(pointer, "attempts"), "must be 1 to " + RetryPolicy.MAX_ATTEMPTS);
        }
        return RetryPolicy.DEFAULT.attempts();
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
