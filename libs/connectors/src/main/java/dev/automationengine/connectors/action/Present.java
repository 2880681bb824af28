package dev.automationengine.connectors.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON without what is not there: many vendors refuse a null, or take it as an order to empty a field. */
final class Present {
    private Present() {}

    /** The same value without members and elements that are null, at any depth. */
    static @Nullable Object only(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> present = new LinkedHashMap<>();
                TemplatedAction.withoutNulls(map).forEach((name, member) -> present.put(name, only(member)));
                yield present;
            }
            case List<?> list -> {
                List<@Nullable Object> present = new ArrayList<>();
                for (Object element : list) {
                    if (element != null) {
                        present.add(only(element));
                    }
                }
                yield present;
            }
            case null, default -> value;
        };
    }
}
