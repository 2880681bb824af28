package dev.automationengine.dispatcher.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a step is that starts executions, one for each item. Immutable.
 *
 * @param items what they are started for
 * @param with what all of them are given beside the item
 * @param open the items, by number, whose executions have been started and have not been heard of
 * @param results what those gave that have ended, by number
 */
public record Fan(
        List<@Nullable Object> items,
        Map<String, @Nullable Object> with,
        SortedSet<Integer> open,
        SortedMap<Integer, @Nullable Object> results) {
    /** Copies everything. */
    public Fan(
            List<@Nullable Object> items,
            Map<String, @Nullable Object> with,
            SortedSet<Integer> open,
            SortedMap<Integer, @Nullable Object> results) {
        this.items = Collections.unmodifiableList(new ArrayList<>(items));
        this.with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
        this.open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
        this.results = Collections.unmodifiableSortedMap(new TreeMap<>(results));
    }

    static Fan of(List<@Nullable Object> items, Map<String, @Nullable Object> with) {
        return new Fan(items, with, new TreeSet<>(), new TreeMap<>());
    }

    /** With as many more items under way as the concurrency allows. */
    Fan filled(int concurrency) {
        SortedSet<Integer> next = new TreeSet<>(open);
        for (int i = 0; i < items.size() && next.size() < concurrency; i++) {
            if (!results.containsKey(i)) {
                next.add(i);
            }
        }
        return new Fan(items, with, next, results);
    }

    Fan ended(int index, @Nullable Object result) {
        SortedSet<Integer> still = new TreeSet<>(open);
        still.remove(index);
        SortedMap<Integer, @Nullable Object> more = new TreeMap<>(results);
        more.put(index, result);
        return new Fan(items, with, still, more);
    }

    /** With what an earlier run of the same items has come to; those that it had under way begin anew. */
    Fan continuing(@Nullable Fan earlier) {
        return earlier == null || !earlier.items.equals(items) || !earlier.with.equals(with)
                ? this
                : new Fan(items, with, open, earlier.results);
    }

    /** Whether all have ended. */
    boolean done() {
        return results.size() == items.size();
    }

    /** What they gave, in the order of the items. */
    List<@Nullable Object> inOrder() {
        return new ArrayList<>(results.values());
    }

    /** As people read it. */
    public Map<String, @Nullable Object> input() {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("items", items);
        if (!with.isEmpty()) {
            input.put("with", with);
        }
        return input;
    }
}
