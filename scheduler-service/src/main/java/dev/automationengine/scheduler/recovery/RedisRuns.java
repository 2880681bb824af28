package dev.automationengine.scheduler.recovery;

import dev.automationengine.kit.redis.RedisProperties;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.springframework.stereotype.Component;

/**
 * The runs of the servers that hold the queue. A server that was started again may lack the last second before its
 * death (append-only file, forced once a second), and a replica that took over what it had not been sent yet.
 */
@Component
class RedisRuns {
    private final RedissonClient redisson;
    private final boolean cluster;

    RedisRuns(RedissonClient redisson, RedisProperties properties) {
        this.redisson = redisson;
        this.cluster = properties.addresses().size() > 1;
    }

    /** A text that changes when a server is started again or exchanged; empty where a provider hides it. */
    String now() {
        Collection<? extends RedisNode> masters = cluster
                ? redisson.getRedisNodes(RedisNodes.CLUSTER).getMasters()
                : List.of(redisson.getRedisNodes(RedisNodes.SINGLE).getInstance());
        return masters.stream()
                .map(master -> master.info(InfoSection.SERVER).getOrDefault("run_id", ""))
                .filter(run -> !run.isEmpty())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
