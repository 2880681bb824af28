package dev.automationengine.expressions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A yes-or-no question about the context. In JSON: {@code {"field", "operator", "value"}}, {@code {"all": [...]}},
 * {@code {"any": [...]}} or {@code {"not": {...}}}. Immutable.
 */
public sealed interface Condition {
    /** How deep {@code all}, {@code any} and {@code not} may be nested. */
    int MAX_DEPTH = 10;

    /** The most comparisons of one condition. */
    int MAX_COMPARISONS = 200;

    /**
     * Compares a field with a value.
     *
     * @param field what to look at
     * @param operator how to compare
     * @param value what to compare with; may have placeholders; null for an operator that needs none
     */
    record Comparison(Field field, Operator operator, Template value) implements Condition {}

    /** True if every one is; also if there is none. */
    record All(List<Condition> conditions) implements Condition {
        /** Copies the list. */
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** True if at least one is. */
    record Any(List<Condition> conditions) implements Condition {
        /** Copies the list. */
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** True if the other is false. */
    record Not(Condition condition) implements Condition {}

    /**
     * Reads a condition from JSON-like data.
     *
     * @throws InvalidExpressionException with all findings
     */
    static Condition parse(@Nullable Object json) {
        return new ConditionParser().parse(json);
    }

    /** The answer. Never throws: values that cannot be compared make a comparison false. */
    default boolean test(Map<String, ? extends @Nullable Object> context) {
        return switch (this) {
            case Comparison(Field field, Operator operator, Template value) ->
                Comparisons.test(operator, field.resolve(context), value.render(context));
            case All(List<Condition> conditions) -> conditions.stream().allMatch(each -> each.test(context));
            case Any(List<Condition> conditions) -> conditions.stream().anyMatch(each -> each.test(context));
            case Not(Condition condition) -> !condition.test(context);
        };
    }

    /** Every place that reads the context by an explicit path, in the order of the source. */
    default List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        ConditionParser.collectReferences(this, "", references);
        return List.copyOf(references);
    }
}
