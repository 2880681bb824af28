package dev.automationengine.kit.redis;

import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.api.RedissonClient;
import org.redisson.spring.data.connection.RedissonConnectionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The Redis client of the services that are given an address. */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@ConditionalOnProperty("engine.redis.addresses")
@EnableConfigurationProperties(RedisProperties.class)
public class RedisKitAutoConfiguration {
    private static final int EXIT_CODE = 1;

    /** Connects at the first command, so that a service comes up while Redis is away. */
    @Bean(destroyMethod = "shutdown")
    RedissonClient redisson(RedisProperties properties) {
        return RedisClients.lazy(properties, properties.connections());
    }

    @Bean
    RedissonConnectionFactory redisConnectionFactory(RedissonClient redisson) {
        return new RedissonConnectionFactory(redisson);
    }

    /** Takes the place of Spring's own indicator, by its name: a Redis that answers may still be the wrong one. */
    @Bean
    RedisWatch redisHealthIndicator(
            RedissonClient redisson, RedisProperties properties, RedisRefusal refusal, MeterRegistry meters) {
        RedisInspector inspector =
                new RedisInspector(redisson, properties.addresses().size() > 1);
        return new RedisWatch(inspector, properties, refusal, meters);
    }

    @Bean
    @ConditionalOnMissingBean
    RedisRefusal redisRefusal(ConfigurableApplicationContext context) {
        // On a thread of its own: it waits until the context has closed, and the context for whoever asked for it. No
        // daemon,
        // as threads of virtual threads are: else the process may end by itself, with 0, once the context has closed.
        return () -> Thread.ofPlatform()
                .name("redis-refused")
                .daemon(false)
                .start(() -> System.exit(SpringApplication.exit(context, () -> EXIT_CODE)));
    }
}
