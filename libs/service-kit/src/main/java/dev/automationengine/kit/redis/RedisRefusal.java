package dev.automationengine.kit.redis;

/** Ends a service that must not work with the Redis it was given. */
@FunctionalInterface
interface RedisRefusal {
    /** Ends the service; returns at once. */
    void refuse();
}
