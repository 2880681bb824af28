package dev.automationengine.kit.ratelimit;

import java.time.Duration;

/**
 * Whose limits are counted together.
 *
 * @param limiter what is limited
 * @param id who, an organization as a rule
 * @param window the time for which is counted
 */
record Group(String limiter, String id, Duration window) {
    /** Its hash in Redis. The window is part of the name, so that replicas with different settings do not mix. */
    String key() {
        return "engine:limits:{" + id + "}:" + limiter + ":" + window.toSeconds();
    }
}
