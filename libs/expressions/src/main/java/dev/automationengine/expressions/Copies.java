package dev.automationengine.expressions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies data for an interpreter that may write into what it reads. Data that hold the same list in many places are
 * many copies, so that these are counted.
 */
final class Copies {
    private long left = Limits.SIZE;

    private Copies() {}

    /**
     * A copy that may be written to.
     *
     * @throws FunctionException if the data have more than {@link Limits#SIZE} values
     */
    static Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> data) {
        return new Copies().object(data);
    }

    private Map<String, @Nullable Object> object(Map<?, ?> data) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(data.size());
        data.forEach((name, member) -> copy.put(String.valueOf(name), value(member)));
        return copy;
    }

    private @Nullable Object value(@Nullable Object value) {
        if (--left < 0) {
            throw new FunctionException("there are too many data to group: a step before should choose among them");
        }
        return switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(each -> copy.add(value(each)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}
