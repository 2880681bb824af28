package dev.automationengine.jobqueue;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.redisson.api.RedissonClient;

/** The contract on a real Redis; each queue has a prefix of its own. */
abstract class RedisContract extends JobQueueContract {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<RedisJobQueue> opened = new ArrayList<>();

    abstract RedissonClient redisson();

    @Override
    JobQueue emptyQueue(int shards) {
        return open(JobQueueProperties.of(UUID.randomUUID() + ":", shards));
    }

    /** A small batch, so that ordinary tests already cross its border. */
    RedisJobQueue open(JobQueueProperties properties) {
        JobQueueProperties small = new JobQueueProperties(
                properties.shards(),
                properties.prefix(),
                properties.quantum(),
                100,
                properties.doneRetention(),
                properties.doneLimit(),
                properties.timeout());
        RedisJobQueue queue = new RedisJobQueue(redisson(), small, meters, clock);
        opened.add(queue);
        return queue;
    }

    @AfterEach
    void close_the_queues() {
        opened.forEach(RedisJobQueue::close);
    }

    @Override
    void settle(AtomicInteger wakes) {
        // The first wake says that the subscription is in place.
        await().pollInterval(Duration.ofMillis(5)).until(() -> wakes.get() > 0);
    }
}
