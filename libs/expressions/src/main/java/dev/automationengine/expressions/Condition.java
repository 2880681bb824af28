package dev.automationengine.expressions;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A yes-or-no question about the context. In JSON: {@code {"field", "operator", "value", "zone"}}, {@code {"all": [...]}},
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
     * @param zone where times without an offset are, and where days start
     */
    record Comparison(Field field, Operator operator, Template value, ZoneId zone) implements Condition {
        /** In UTC. */
        public Comparison(Field field, Operator operator, Template value) {
            this(field, operator, value, ZoneOffset.UTC);
        }
    }

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
        return parse(json, Syntax.PATHS);
    }

    /**
     * Reads a condition from JSON-like data, with what may stand between the braces of its values.
     *
     * @throws InvalidExpressionException with all findings
     */
    static Condition parse(@Nullable Object json, Syntax syntax) {
        return new ConditionParser(syntax).parse(json);
    }

    /**
     * The answer, without a clock: nothing is WITHIN_LAST anything. Never throws if only paths were compiled: values
     * that cannot be compared make a comparison false.
     *
     * @throws EvaluationException if a JSONata expression in a value fails
     */
    default boolean test(Map<String, ? extends @Nullable Object> context) {
        return Tests.test(this, context, null);
    }

    /**
     * The answer. The same context and clock give the same one.
     *
     * @throws EvaluationException if a JSONata expression in a value fails
     */
    default boolean test(Map<String, ? extends @Nullable Object> context, Instant now) {
        return Tests.test(this, context, now);
    }

    /** Every place that reads the context by an explicit path, in the order of the source. */
    default List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        ConditionParser.collectReferences(this, "", references);
        return List.copyOf(references);
    }
}
