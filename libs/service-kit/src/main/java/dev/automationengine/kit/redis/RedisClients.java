package dev.automationengine.kit.redis;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;

/** Makes clients of Redis. */
public final class RedisClients {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int NETTY_THREADS = 4;
    private static final int RETRIES = 1;

    private RedisClients() {}

    /**
     * A client that connects at the first command, so that a service comes up while Redis is away.
     *
     * @param connections most connections to one node
     * @throws IllegalArgumentException if there is no address
     */
    public static RedissonClient lazy(RedisProperties properties, int connections) {
        if (properties.addresses().isEmpty()) {
            throw new IllegalArgumentException("engine.redis.addresses (ENGINE_REDIS) is missing");
        }
        Config config = new Config();
        config.setLazyInitialization(true);
        config.setNettyThreads(NETTY_THREADS);
        if (properties.addresses().size() == 1) {
            config.useSingleServer()
                    .setAddress(properties.addresses().getFirst())
                    .setConnectionMinimumIdleSize(1)
                    .setConnectionPoolSize(connections);
            authenticate(config.useSingleServer(), properties);
        } else {
            config.useClusterServers()
                    .addNodeAddress(properties.addresses().toArray(String[]::new))
                    .setMasterConnectionMinimumIdleSize(1)
                    .setMasterConnectionPoolSize(connections);
            authenticate(config.useClusterServers(), properties);
        }
        return Redisson.create(config);
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
