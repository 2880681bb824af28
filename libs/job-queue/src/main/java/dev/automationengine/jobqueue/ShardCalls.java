package dev.automationengine.jobqueue;

import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One wave of script calls: at most one per shard, so that they may run at the same time and a shard still sees its
 * calls in order.
 *
 * @param items what each shard gets
 */
record ShardCalls<T>(Map<Integer, List<T>> items) {
    /** Cuts items into waves of calls with at most {@code batch} items each, in the items' order. */
    static <T> List<ShardCalls<T>> waves(Collection<T> items, Function<T, OrgId> org, QueueKeys keys, int batch) {
        List<ShardCalls<T>> waves = new ArrayList<>();
        Map<Integer, Integer> seen = new LinkedHashMap<>();
        for (T item : items) {
            int shard = keys.shardOf(org.apply(item));
            int wave = (seen.merge(shard, 1, Integer::sum) - 1) / batch;
            if (wave == waves.size()) {
                waves.add(new ShardCalls<>(new LinkedHashMap<>()));
            }
            waves.get(wave)
                    .items()
                    .computeIfAbsent(shard, ignored -> new ArrayList<>())
                    .add(item);
        }
        return waves;
    }

    /** The arguments of each call: those that all share, then those of each item. */
    Map<Integer, List<String>> args(List<String> shared, Function<T, List<String>> fields) {
        Map<Integer, List<String>> args = new LinkedHashMap<>();
        items.forEach((shard, own) -> args.put(
                shard,
                Stream.concat(shared.stream(), own.stream().flatMap(item -> fields.apply(item).stream()))
                        .toList()));
        return args;
    }
}
