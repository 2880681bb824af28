package dev.automationengine.jobqueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Looks at all shards with one round trip per Redis node, changing nothing. */
final class ShardProbe {
    private final RedissonClient redisson;
    private final QueueKeys keys;
    private final BatchOptions options;

    ShardProbe(RedissonClient redisson, QueueKeys keys, Duration timeout) {
        this.redisson = redisson;
        this.keys = keys;
        this.options =
                BatchOptions.defaults().retryAttempts(0).responseTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The shards that have something to claim. */
    List<Integer> shardsWithWork() {
        List<Long> rings = perShard((batch, shard) -> List.of(size(batch, keys.ring(shard))));
        return IntStream.range(0, keys.shards())
                .filter(shard -> rings.get(shard) > 0)
                .boxed()
                .toList();
    }

    /** Counts of all shards together. */
    QueueStats stats() {
        List<Long> counts = perShard((batch, shard) -> List.of(
                ready(batch, shard),
                size(batch, keys.delayed(shard)),
                size(batch, keys.leases(shard)),
                size(batch, keys.ring(shard))));
        long[] sums = new long[4];
        for (int i = 0; i < counts.size(); i++) {
            sums[i % sums.length] += counts.get(i);
        }
        return new QueueStats(sums[0], sums[1], sums[2], sums[3]);
    }

    private List<Long> perShard(Questions questions) {
        try {
            RBatch batch = redisson.createBatch(options);
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            for (int shard = 0; shard < keys.shards(); shard++) {
                answers.addAll(questions.ask(batch, shard));
            }
            batch.execute();
            return answers.stream().map(CompletableFuture::join).toList();
        } catch (RuntimeException e) {
            throw new JobQueueException("Redis did not say which shards have work", e);
        }
    }

    private static CompletableFuture<Long> size(RBatch batch, String sortedSet) {
        return batch.getScoredSortedSet(sortedSet, StringCodec.INSTANCE)
                .sizeAsync()
                .toCompletableFuture()
                .thenApply(Integer::longValue);
    }

    private CompletableFuture<Long> ready(RBatch batch, int shard) {
        return batch.<String, String>getMap(keys.meta(shard), StringCodec.INSTANCE)
                .getAsync("ready")
                .toCompletableFuture()
                .thenApply(count -> count == null ? 0 : Long.parseLong(count));
    }

    /** Puts the questions about one shard into the batch. */
    @FunctionalInterface
    private interface Questions {
        List<CompletableFuture<Long>> ask(RBatch batch, int shard);
    }
}
