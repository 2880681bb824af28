package dev.automationengine.benchmarks.parked;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.localstack.infrastructure.KafkaBroker;
import dev.automationengine.localstack.infrastructure.MongoStore;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.config.Config;

/** Servers of the benchmark's own, and the scheduler as a process beside them. */
final class ParkedScene implements AutoCloseable {
    private static final String DATABASE = "automation";
    private static final int SHARDS = 16;

    private final Path directory;
    private final KafkaBroker kafka;
    private final RedisServer redis;
    private final MongoStore store;
    private final MongoClient mongo;
    private final RedissonClient redisson;
    private final RedisJobQueue queue;
    private final Path jar;
    private final Path log;
    private @Nullable Process scheduler;

    private ParkedScene(Path root) throws IOException {
        this.directory = Files.createTempDirectory("engine-parked-");
        this.kafka = KafkaBroker.start(directory.resolve("kafka"), Ports.free(), Ports.free());
        this.redis = RedisServer.start(Ports.free());
        int mongoPort = Ports.free();
        this.store = MongoStore.inFile(storeFile(), mongoPort);
        this.mongo = MongoClients.create(store.url(DATABASE));
        Config config = new Config();
        config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(1);
        this.redisson = Redisson.create(config);
        this.queue = new RedisJobQueue(
                redisson,
                new JobQueueProperties(SHARDS, "", 5, 500, Duration.ofMinutes(5), 100_000, Duration.ofSeconds(3)),
                new SimpleMeterRegistry());
        this.jar = root.resolve("scheduler-service/target/scheduler-service-0.1.0-SNAPSHOT-exec.jar");
        this.log = root.resolve("testing/benchmarks/target/parked-scheduler.log");
    }

    /**
     * Starts the servers, not the scheduler.
     *
     * @param root the project's directory, in which the scheduler was built
     */
    static ParkedScene start(Path root) {
        try {
            return new ParkedScene(root);
        } catch (IOException e) {
            throw new UncheckedIOException("the servers can't be started", e);
        }
    }

    /** Starts the scheduler as {@code ./engine up} does. */
    void startScheduler() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-jar",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "ENGINE_PORT",
                        Integer.toString(Ports.free()),
                        "ENGINE_KAFKA",
                        kafka.bootstrap(),
                        "ENGINE_REDIS",
                        redis.url(),
                        "ENGINE_MONGODB",
                        store.url(DATABASE),
                        "ENGINE_INTERNAL_TOKEN_KEYS",
                        "a-key-of-the-benchmark-that-nobody-uses"));
        Process started = builder.start();
        scheduler = started;
        // Also if the benchmark is broken off.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy, "scheduler-stop"));
    }

    MongoDatabase mongo() {
        return mongo.getDatabase(DATABASE);
    }

    RedisJobQueue queue() {
        return queue;
    }

    /** What the data in Redis takes, without the buffers that come and go. */
    long redisBytes() {
        Map<String, String> memory =
                redisson.getRedisNodes(RedisNodes.SINGLE).getInstance().info(InfoSection.MEMORY);
        return Long.parseLong(memory.get("used_memory"))
                - Long.parseLong(memory.getOrDefault("mem_aof_buffer", "0"))
                - Long.parseLong(memory.getOrDefault("mem_clients_normal", "0"));
    }

    /** Size of the store's file. */
    long storeBytes() throws IOException {
        return Files.size(storeFile());
    }

    private Path storeFile() {
        return directory.resolve("mongodb.mv");
    }

    /** Stops it in an orderly way. */
    void stopScheduler() {
        Process running = scheduler;
        if (running != null) {
            running.destroy();
            running.onExit().join();
        }
    }

    @Override
    public void close() {
        stopScheduler();
        queue.close();
        redisson.shutdown();
        mongo.close();
        store.close();
        redis.close();
        kafka.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove " + directory, e);
        }
    }
}
