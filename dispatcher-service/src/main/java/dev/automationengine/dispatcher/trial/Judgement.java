package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.EvaluationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a condition held or did not: its own shape, with the values that were compared. */
sealed interface Judgement {
    /** Whether it held. */
    boolean held();

    /**
     * A comparison.
     *
     * @param field what was looked at
     * @param operator how it was compared
     * @param actual what lay there; absent: nothing
     * @param value what it was compared with; absent: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Compared(
            String field,
            String operator,
            @Nullable Object actual,
            @Nullable Object value,
            boolean held) implements Judgement {}

    /** All had to hold. */
    record AllOf(List<Judgement> all, boolean held) implements Judgement {}

    /** One had to hold. */
    record AnyOf(List<Judgement> any, boolean held) implements Judgement {}

    /** The other had not to hold. */
    record Negated(Judgement not, boolean held) implements Judgement {}

    /**
     * Judges a condition as the dispatcher does.
     *
     * @throws EvaluationException if an expression in it fails
     */
    static Judgement of(
            Condition condition, Map<String, ? extends @Nullable Object> context, Instant now, Shown shown) {
        return switch (condition) {
            case Condition.Comparison comparison ->
                new Compared(
                        comparison.field().path().toString(),
                        comparison.operator().name(),
                        shown.value(comparison.field().resolve(context)),
                        shown.value(comparison.value().render(context, now)),
                        comparison.test(context, now));
            case Condition.All all ->
                new AllOf(
                        all.conditions().stream()
                                .map(each -> of(each, context, now, shown))
                                .toList(),
                        all.test(context, now));
            case Condition.Any any ->
                new AnyOf(
                        any.conditions().stream()
                                .map(each -> of(each, context, now, shown))
                                .toList(),
                        any.test(context, now));
            case Condition.Not not -> new Negated(of(not.condition(), context, now, shown), not.test(context, now));
        };
    }
}
