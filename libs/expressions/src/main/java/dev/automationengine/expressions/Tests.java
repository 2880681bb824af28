package dev.automationengine.expressions;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers a {@link Condition}. */
final class Tests {
    private Tests() {}

    static boolean test(Condition condition, Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
        return switch (condition) {
            case Condition.Comparison(Field field, Operator operator, Template template, ZoneId zone) -> {
                Object value = now == null ? template.render(context) : template.render(context, now);
                yield new Operators(zone, now).test(operator, field, context, value);
            }
            case Condition.All(List<Condition> all) -> all.stream().allMatch(each -> test(each, context, now));
            case Condition.Any(List<Condition> any) -> any.stream().anyMatch(each -> test(each, context, now));
            case Condition.Not(Condition not) -> !test(not, context, now);
        };
    }
}
