package dev.automationengine.benchmarks.queue;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.config.Config;

/** A redis-server of the benchmark's own, with append-only file, and a client set up as the services set up theirs. */
final class BenchRedis implements AutoCloseable {
    private static final int NETTY_THREADS = 4;
    private static final int CONNECTIONS = 16;

    private final RedisServer server;
    private final RedissonClient client;

    private BenchRedis(RedisServer server, RedissonClient client) {
        this.server = server;
        this.client = client;
    }

    static BenchRedis start() {
        RedisServer server = RedisServer.start(Ports.free());
        Config config = new Config();
        config.setNettyThreads(NETTY_THREADS);
        config.useSingleServer()
                .setAddress(server.url())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(CONNECTIONS);
        return new BenchRedis(server, Redisson.create(config));
    }

    RedisJobQueue queue(String prefix, int shards) {
        return new RedisJobQueue(client, JobQueueProperties.of(prefix, shards), new SimpleMeterRegistry());
    }

    RedissonClient client() {
        return client;
    }

    /** Processor time of the server since it started, in seconds, without its children that rewrite files. */
    double cpuSeconds() {
        Map<String, String> cpu = info(InfoSection.CPU);
        return Double.parseDouble(cpu.get("used_cpu_user")) + Double.parseDouble(cpu.get("used_cpu_sys"));
    }

    /** What the data set takes, without the buffers of the append-only file that come and go. */
    long usedMemory() {
        Map<String, String> memory = info(InfoSection.MEMORY);
        return Long.parseLong(memory.get("used_memory"))
                - Long.parseLong(memory.getOrDefault("mem_aof_buffer", "0"))
                - Long.parseLong(memory.getOrDefault("mem_clients_normal", "0"));
    }

    /** All keys with a prefix. */
    List<String> keys(String prefix) {
        return client.getKeys()
                .getKeysStream()
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    /** Forgets everything. */
    void wipe() {
        client.getKeys().flushall();
    }

    private Map<String, String> info(InfoSection section) {
        return client.getRedisNodes(RedisNodes.SINGLE).getInstance().info(section);
    }

    @Override
    public void close() {
        client.shutdown();
        server.close();
    }
}
