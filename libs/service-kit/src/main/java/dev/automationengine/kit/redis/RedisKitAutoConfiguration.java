package dev.automationengine.kit.redis;

import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
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
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int NETTY_THREADS = 4;
    private static final int RETRIES = 1;
    private static final int EXIT_CODE = 1;

    /** Connects at the first command, so that a service comes up while Redis is away. */
    @Bean(destroyMethod = "shutdown")
    RedissonClient redisson(RedisProperties properties) {
        Config config = new Config();
        config.setLazyInitialization(true);
        config.setNettyThreads(NETTY_THREADS);
        if (properties.addresses().size() == 1) {
            config.useSingleServer()
                    .setAddress(properties.addresses().getFirst())
                    .setConnectionMinimumIdleSize(1)
                    .setConnectionPoolSize(properties.connections());
            authenticate(config.useSingleServer(), properties);
        } else {
            config.useClusterServers()
                    .addNodeAddress(properties.addresses().toArray(String[]::new))
                    .setMasterConnectionMinimumIdleSize(1)
                    .setMasterConnectionPoolSize(properties.connections());
            authenticate(config.useClusterServers(), properties);
        }
        return Redisson.create(config);
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
        // On a thread of its own: it waits until the context has closed, and the context for whoever asked for it.
        return () -> Thread.ofPlatform()
                .name("redis-refused")
                .start(() -> System.exit(SpringApplication.exit(context, () -> EXIT_CODE)));
    }

    private static void authenticate(BaseConfig<?> server, RedisProperties properties) {
        server.setTimeout(TIMEOUT_MILLIS).setConnectTimeout(TIMEOUT_MILLIS).setRetryAttempts(RETRIES);
        if (properties.username() != null) {
            server.setUsername(properties.username());
        }
        if (properties.password() != null) {
            server.setPassword(properties.password());
        }
    }
}
