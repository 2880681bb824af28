package dev.automationengine.jobqueue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The shards that may have work: told by nudges, or left unfinished by a claim. Taken in turn, from a random start, so
 * that workers spread over the shards and no shard waits behind another for ever.
 */
final class ShardHints {
    private final int shards;
    private final Set<Integer> hinted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cursor;

    ShardHints(int shards) {
        this.shards = shards;
        this.cursor = new AtomicInteger(ThreadLocalRandom.current().nextInt(shards));
    }

    /** Adds a shard; a number that is none is ignored (another service may be configured with more). */
    void add(int shard) {
        if (shard >= 0 && shard < shards) {
            hinted.add(shard);
        }
    }

    void addAll(Collection<Integer> more) {
        more.forEach(this::add);
    }

    boolean isEmpty() {
        return hinted.isEmpty();
    }

    /**
     * Takes up to {@code max} hinted shards away. A nudge that comes while they are being looked at puts them back, so
     * none is missed.
     */
    List<Integer> take(int max) {
        List<Integer> taken = new ArrayList<>(max);
        int start = cursor.get();
        for (int i = 0; i < shards && taken.size() < max; i++) {
            int shard = Math.floorMod(start + i, shards);
            if (hinted.remove(shard)) {
                taken.add(shard);
                cursor.set(shard + 1);
            }
        }
        return taken;
    }
}
