package dev.automationengine.benchmarks;

import java.time.Instant;
import java.util.Map;

/**
 * What was sent.
 *
 * @param intended when each lead had to be announced, by its id: what is measured counts from here
 * @param accepted when the fleet answered 200
 */
record Sent(Map<String, Instant> intended, Map<String, Instant> accepted) {
    Sent {
        intended = Map.copyOf(intended);
        accepted = Map.copyOf(accepted);
    }

    Instant intended(String lead) {
        Instant time = intended.get(lead);
        if (time == null) {
            throw new IllegalArgumentException("not sent: " + lead);
        }
        return time;
    }
}
