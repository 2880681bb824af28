package dev.automationengine.jobqueue;

import static java.lang.Math.ceilDiv;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds jobs with few round trips. A claim that was nudged goes straight to the shards that were named; only with no
 * hint at hand, or now and then, it asks all shards which of them have work.
 */
final class Claims {
    /** Shards asked at the same time. More would cut the batches, and batches are what makes the queue fast. */
    private static final int FAN_OUT = 4;

    /** Jobs for which it pays to ask one more shard at the same time. */
    private static final int WORTH_A_CALL = 16;

    /** While hints keep coming, a shard whose nudge was missed waits no longer than this. */
    private static final long LOOK_AROUND_NANOS = Duration.ofMillis(250).toNanos();

    private final ScriptRunner runner;
    private final ShardProbe probe;
    private final ShardHints hints;
    private final NudgeChannel nudges;
    private final JobQueueProperties properties;
    private final AtomicLong lastLook = new AtomicLong(System.nanoTime() - LOOK_AROUND_NANOS);

    Claims(
            ScriptRunner runner,
            ShardProbe probe,
            ShardHints hints,
            NudgeChannel nudges,
            JobQueueProperties properties) {
        this.runner = runner;
        this.probe = probe;
        this.hints = hints;
        this.nudges = nudges;
        this.properties = properties;
    }

    List<ClaimedJob> claim(String worker, int max, Duration lease) {
        nudges.keepSubscribed();
        if (mustLookAround()) {
            lastLook.set(System.nanoTime());
            hints.addAll(probe.shardsWithWork());
        }
        List<ClaimedJob> claimed = new ArrayList<>();
        while (claimed.size() < max) {
            int wanted = max - claimed.size();
            List<Integer> shards = hints.take(Math.min(FAN_OUT, ceilDiv(wanted, WORTH_A_CALL)));
            if (shards.isEmpty() || !claimFrom(shards, wanted, worker, lease, claimed)) {
                break;
            }
        }
        return claimed;
    }

    private boolean mustLookAround() {
        return nudges.takeGap()
                || !nudges.subscribed()
                || hints.isEmpty()
                || System.nanoTime() - lastLook.get() > LOOK_AROUND_NANOS;
    }

    /** Asks some shards; false if one failed and what there is should be handed out without further delay. */
    private boolean claimFrom(
            List<Integer> shards, int wanted, String worker, Duration lease, List<ClaimedJob> claimed) {
        Map<Integer, Integer> shares = shares(shards, wanted);
        Map<Integer, List<String>> args = new LinkedHashMap<>();
        shares.forEach((shard, share) -> args.put(
                shard,
                List.of(
                        worker,
                        Integer.toString(share),
                        Long.toString(lease.toMillis()),
                        Integer.toString(properties.quantum()))));
        ScriptRunner.Outcome<List<String>> outcome = runner.tryRun(QueueScript.CLAIM, args);
        shares.forEach((shard, share) -> {
            List<String> output = outcome.outputs().get(shard);
            int before = claimed.size();
            if (output != null) {
                claimed.addAll(JobFormat.claimed(output));
            }
            // A full share, or no answer: there may be more.
            if (output == null || claimed.size() - before == share) {
                hints.add(shard);
            }
        });
        if (outcome.failure() != null && claimed.isEmpty()) {
            throw outcome.failure();
        }
        // Jobs that other shards gave are leased already: they must reach their worker.
        return outcome.failure() == null;
    }

    private Map<Integer, Integer> shares(List<Integer> shards, int wanted) {
        Map<Integer, Integer> shares = new LinkedHashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            int share = wanted / shards.size() + (i < wanted % shards.size() ? 1 : 0);
            shares.put(shards.get(i), Math.min(share, properties.batch()));
        }
        return shares;
    }
}
