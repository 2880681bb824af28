package dev.automationengine.expressions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies data for an interpreter that may write into what it reads. */
final class Copies {
    private Copies() {}

    static Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> data) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(data.size());
        data.forEach((name, value) -> copy.put(name, value(value)));
        return copy;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
            map.forEach((name, member) -> copy.put(String.valueOf(name), value(member)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(value(each)));
            return copy;
        }
        return value;
    }
}
