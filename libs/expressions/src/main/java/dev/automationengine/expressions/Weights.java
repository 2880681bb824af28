package dev.automationengine.expressions;

import com.dashjoin.jsonata.Utils;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large values are when written out. A list that holds the same list twice counts it twice but is measured once:
 * thirty doublings of a shared list cost thirty steps, and are found out.
 */
final class Weights {
    private final IdentityHashMap<Object, Measured> known = new IdentityHashMap<>();

    private record Measured(int size, long weight) {}

    /** Values and characters of the value; more than {@link Limits#SIZE} means only: more. */
    long of(@Nullable Object value) {
        return of(value, 0);
    }

    private long of(@Nullable Object value, int depth) {
        return switch (value) {
            case String text -> 1 + text.length();
            case Utils.RangeList range -> range.size();
            case Map<?, ?> map -> container(map, map.size(), depth);
            case Collection<?> list -> container(list, list.size(), depth);
            case null, default -> 1;
        };
    }

    private long container(Object container, int size, int depth) {
        Measured before = known.get(container);
        // A sequence may still grow after it was seen first.
        if (before != null && before.size() == size) {
            return before.weight();
        }
        if (depth > Limits.NESTING) {
            return Limits.SIZE + 1;
        }
        long weight = 1;
        if (container instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight += 1 + String.valueOf(entry.getKey()).length() + of(entry.getValue(), depth + 1);
                if (weight > Limits.SIZE) {
                    break;
                }
            }
        } else if (container instanceof Collection<?> list) {
            for (Object each : list) {
                weight += of(each, depth + 1);
                if (weight > Limits.SIZE) {
                    break;
                }
            }
        }
        known.put(container, new Measured(size, weight));
        return weight;
    }
}
