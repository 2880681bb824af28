package dev.automationengine.localstack.load;

import java.time.Instant;
import java.util.Map;

/**
 * What was sent.
 *
 * @param intended when each lead had to be announced, by its id: what is measured counts from here
 * @param accepted when the fleet answered 200
 */
public record Sent(Map<String, Instant> intended, Map<String, Instant> accepted) {
    /** Copies both. */
    public Sent {
        intended = Map.copyOf(intended);
        accepted = Map.copyOf(accepted);
    }

    /** When a lead had to be announced. */
    public Instant intended(String lead) {
        Instant time = intended.get(lead);
        if (time == null) {
            throw new IllegalArgumentException("not sent: " + lead);
        }
        return time;
    }
}
