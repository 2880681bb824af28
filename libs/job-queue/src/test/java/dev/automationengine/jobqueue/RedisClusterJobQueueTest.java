package dev.automationengine.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** The contract on a Redis Cluster of three nodes, over which the shards spread. */
class RedisClusterJobQueueTest extends RedisContract {
    private static final int SLOTS = 16384;
    private static List<RedisProcess> nodes;
    private static RedissonClient redisson;

    @BeforeAll
    static void start_a_cluster(@TempDir Path directory) {
        nodes = Stream.of("a", "b", "c")
                .map(name -> RedisProcess.start(
                        directory,
                        "--cluster-enabled",
                        "yes",
                        "--cluster-config-file",
                        "nodes-" + name + ".conf",
                        "--cluster-node-timeout",
                        "5000"))
                .toList();
        for (int i = 0; i < nodes.size(); i++) {
            String slots = IntStream.range(SLOTS * i / nodes.size(), SLOTS * (i + 1) / nodes.size())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
            assertThat(nodes.get(i).command("CLUSTER ADDSLOTS " + slots)).isEqualTo("+OK");
            assertThat(nodes.get(i).command("CLUSTER SET-CONFIG-EPOCH " + (i + 1)))
                    .isEqualTo("+OK");
        }
        for (RedisProcess node : nodes) {
            nodes.getFirst().command("CLUSTER MEET 127.0.0.1 " + node.port());
        }
        await().pollInterval(Duration.ofMillis(50)).until(() -> nodes.stream().allMatch(RedisProcess::inWholeCluster));
        Config config = new Config();
        config.useClusterServers()
                .setMasterConnectionMinimumIdleSize(2)
                .setNodeAddresses(nodes.stream().map(RedisProcess::url).toList());
        redisson = Redisson.create(config);
    }

    @AfterAll
    static void stop_the_cluster() {
        redisson.shutdown();
        nodes.forEach(RedisProcess::close);
    }

    @Override
    RedissonClient redisson() {
        return redisson;
    }
}
