package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueueProperties;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.springframework.stereotype.Component;

/** A key in Redis that is gone exactly when Redis has lost what it held. */
@Component
class QueueMark {
    private static final String NAME = "engine:queue-mark";

    private final RedissonClient redisson;
    private final String name;

    QueueMark(RedissonClient redisson, JobQueueProperties properties) {
        this.redisson = redisson;
        this.name = properties.prefix() + NAME;
    }

    boolean missing() {
        return !bucket().isExists();
    }

    void set() {
        bucket().set("1");
    }

    // Not in a field: it would connect while the context starts.
    private RBucket<String> bucket() {
        return redisson.getBucket(name, StringCodec.INSTANCE);
    }
}
