package dev.automationengine.kit.ratelimit;

/**
 * How much somebody may do in a window.
 *
 * @param name what kind of limit it is, as callers are told: {@code key}, {@code organization}
 * @param subject who of that kind, within the group that shares a limit; never a secret, since it lies in Redis
 * @param permits how much, 1 or more
 */
public record Limit(String name, String subject, long permits) {
    /** Checks the number. */
    public Limit {
        if (permits < 1) {
            throw new IllegalArgumentException("a limit of " + permits + " lets nobody pass");
        }
    }

    /** Where Redis counts it. */
    String field() {
        return name + ":" + subject;
    }
}
