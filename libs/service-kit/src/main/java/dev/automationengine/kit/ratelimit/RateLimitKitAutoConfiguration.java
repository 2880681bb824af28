package dev.automationengine.kit.ratelimit;

import dev.automationengine.kit.redis.RedisClients;
import dev.automationengine.kit.redis.RedisProperties;
import dev.automationengine.kit.security.SecurityKitAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Shared limits for the services that ask for them. Redis need not be there, nor be configured as a queue needs it:
 * these counts may be lost.
 */
@AutoConfiguration(after = SecurityKitAutoConfiguration.class)
@ConditionalOnBooleanProperty("engine.limiter.enabled")
@EnableConfigurationProperties({RateLimiterProperties.class, RedisProperties.class})
public class RateLimitKitAutoConfiguration {
    @Bean
    RateLimiters rateLimiters(
            RateLimiterProperties properties, RedisProperties redis, InstantSource clock, MeterRegistry meters) {
        return new RateLimiters(RedisClients.lazy(redis, properties.connections()), properties, clock, null, meters);
    }
}
