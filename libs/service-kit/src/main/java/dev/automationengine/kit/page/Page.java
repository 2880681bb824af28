package dev.automationengine.kit.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the entries
 * @param nextCursor where the next page starts; null on the last one
 * @param <T> an entry
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** Entries in a page if the caller names no number. */
    public static final String DEFAULT_LIMIT = "50";

    /** Most entries in a page. */
    public static final int MAX_LIMIT = 200;

    /** Copies the entries. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page made of one entry more than asked for: the extra one tells that there is a next page.
     *
     * @param found up to {@code limit + 1} entries
     * @param limit the size of the page
     * @param cursor the cursor that continues after an entry
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    /** The same page of other entries. */
    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), nextCursor);
    }
}
