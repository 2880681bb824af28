package dev.automationengine.kit.redis;

/** What follows when Redis is not configured as a queue needs it. */
public enum RedisCheck {
    /** The service refuses to start; one that runs already becomes not ready. */
    STRICT,
    /** A log line, no more. For tests, and where somebody else answers for Redis. */
    WARN
}
