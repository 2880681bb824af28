package dev.automationengine.jobqueue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts on shards, several at the same time.
 *
 * <p>A script is sent once. Redisson by default sends a command again whose answer is late; a claim would then lease
 * twice what it gives.
 */
final class ScriptRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptRunner.class);

    private final RScript scripts;
    private final QueueKeys keys;
    private final QueueMetrics metrics;
    private final Duration timeout;
    private final @Nullable InstantSource clock;

    /** With a clock the scripts are told the time; without one (in production) they ask Redis. */
    ScriptRunner(
            RedissonClient redisson,
            QueueKeys keys,
            QueueMetrics metrics,
            Duration timeout,
            @Nullable InstantSource clock) {
        this.scripts = redisson.getScript(OptionalOptions.defaults()
                .codec(StringCodec.INSTANCE)
                .retryAttempts(0)
                .timeout(timeout));
        this.keys = keys;
        this.metrics = metrics;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Runs a script that gives a number on one shard. */
    long run(QueueScript script, int shard, List<?> args) {
        Map<Integer, Long> outputs = run(script, Map.of(shard, args));
        return outputs.values().iterator().next();
    }

    /**
     * Runs a script on several shards at the same time.
     *
     * @return the output of each shard
     * @throws JobQueueException if one shard failed; all others have been waited for
     */
    <R> Map<Integer, R> run(QueueScript script, Map<Integer, ? extends List<?>> argsByShard) {
        Outcome<R> outcome = tryRun(script, argsByShard);
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return outcome.outputs();
    }

    /** Like {@link #run(QueueScript, Map)}, for callers that can use the outputs of some shards without the others. */
    <R> Outcome<R> tryRun(QueueScript script, Map<Integer, ? extends List<?>> argsByShard) {
        Map<Integer, CompletableFuture<R>> calls = new LinkedHashMap<>();
        argsByShard.forEach((shard, args) -> calls.put(shard, send(script, shard, args)));
        Map<Integer, R> outputs = new LinkedHashMap<>();
        JobQueueException failure = null;
        for (Map.Entry<Integer, CompletableFuture<R>> call : calls.entrySet()) {
            try {
                outputs.put(call.getKey(), await(call.getValue()));
            } catch (JobQueueException e) {
                metrics.failed(script);
                LOG.atWarn()
                        .setCause(e.getCause())
                        .addKeyValue("script", script.label())
                        .addKeyValue("shard", call.getKey())
                        .log("A queue script failed or was not answered in time");
                failure = e;
            }
        }
        return new Outcome<>(outputs, failure);
    }

    private <R> CompletableFuture<R> send(QueueScript script, int shard, List<?> args) {
        List<Object> argv = new ArrayList<>(args.size() + 3);
        argv.add(clock == null ? "" : Long.toString(clock.millis()));
        argv.add(keys.channel());
        argv.add(Integer.toString(shard));
        argv.addAll(args);
        long start = System.nanoTime();
        try {
            return scripts.<R>evalAsync(
                            keys.ring(shard),
                            RScript.Mode.READ_WRITE,
                            script.lua(),
                            script.output(),
                            keys.of(shard),
                            argv.toArray())
                    .toCompletableFuture()
                    .whenComplete((output, error) -> metrics.ran(script, System.nanoTime() - start));
        } catch (RuntimeException e) {
            // A client that has not connected yet connects now, and that may fail at once.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits for an answer of Redis; the client keeps the time-out, this one is for a client that does not. */
    <R> R await(CompletableFuture<R> answer) {
        try {
            return answer.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobQueueException("interrupted while waiting for Redis", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new JobQueueException("Redis did not do what the job queue asked for", cause);
        }
    }

    /**
     * What came back from several shards.
     *
     * @param outputs output by shard, without those that failed
     * @param failure one of the failures; null if there was none
     */
    record Outcome<R>(Map<Integer, R> outputs, @Nullable JobQueueException failure) {}
}
