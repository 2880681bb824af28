package dev.automationengine.kit.redis;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;

/** Asks every server that holds data how it is configured. */
final class RedisInspector {
    private final RedissonClient redisson;
    private final boolean cluster;

    RedisInspector(RedissonClient redisson, boolean cluster) {
        this.redisson = redisson;
        this.cluster = cluster;
    }

    /**
     * One round of questions: two commands for each server.
     *
     * @return what is wrong or unknown; empty if all is well
     * @throws RedisException if a server does not answer
     */
    List<RedisFinding> inspect() {
        return masters().stream()
                .flatMap(master -> RedisFinding.of(name(master.getAddr()), info(master)).stream())
                .toList();
    }

    private Collection<? extends RedisNode> masters() {
        return cluster
                ? redisson.getRedisNodes(RedisNodes.CLUSTER).getMasters()
                : List.of(redisson.getRedisNodes(RedisNodes.SINGLE).getInstance());
    }

    private static Map<String, String> info(RedisNode node) {
        try {
            Map<String, String> info = new HashMap<>(node.info(InfoSection.MEMORY));
            info.putAll(node.info(InfoSection.PERSISTENCE));
            return info;
        } catch (RedisConnectionException | RedisTimeoutException away) {
            throw away;
        } catch (RedisException refused) {
            // It answers, but we may not ask: some providers forbid INFO. That is not knowing, not being wrong.
            return Map.of();
        }
    }

    private static String name(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
