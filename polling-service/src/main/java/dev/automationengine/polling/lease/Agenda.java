package dev.automationengine.polling.lease;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * When to look at the state of something again, in this replica's memory: what is not due costs no query. A wrong entry
 * costs one query or a little delay, never a poll: the states decide. Thread-safe.
 *
 * @param <T> what is looked at
 */
public final class Agenda<T> {
    private final Map<String, Instant> lookAgainAt = new ConcurrentHashMap<>();
    private final Function<T, String> key;

    /**
     * An empty agenda.
     *
     * @param key what tells two apart
     */
    public Agenda(Function<T, String> key) {
        this.key = key;
    }

    /** What to look at, longest waiting first, new ones before all; others than these are forgotten. */
    public List<T> due(List<T> all, Instant now, int limit) {
        Set<String> keys = HashSet.newHashSet(all.size());
        all.forEach(each -> keys.add(key.apply(each)));
        lookAgainAt.keySet().retainAll(keys);
        return all.stream()
                .filter(each -> !at(each).isAfter(now))
                .sorted(Comparator.comparing(this::at))
                .limit(limit)
                .toList();
    }

    /** Leaves something alone until then. */
    public void lookAgain(T one, Instant at) {
        lookAgainAt.put(key.apply(one), at);
    }

    private Instant at(T one) {
        return lookAgainAt.getOrDefault(key.apply(one), Instant.MIN);
    }
}
