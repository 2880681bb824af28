package dev.automationengine.kit.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is.
 *
 * @param addresses {@code redis://host:port} or {@code rediss://...}; more than one: the nodes of a cluster
 * @param username user; none if absent
 * @param password password; none if absent
 * @param connections most connections to one node
 * @param check what follows if Redis may evict keys or writes no append-only file
 * @param checkInterval how often that is looked at
 */
@ConfigurationProperties("engine.redis")
public record RedisProperties(
        List<String> addresses,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("16") int connections,
        @DefaultValue("strict") RedisCheck check,
        @DefaultValue("10s") Duration checkInterval) {
    @Override
    public String toString() {
        return "RedisProperties[addresses=" + addresses + "]";
    }
}
