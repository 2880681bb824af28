package dev.automationengine.expressions;

import static dev.automationengine.expressions.Comparisons.contains;
import static dev.automationengine.expressions.Comparisons.ordered;
import static dev.automationengine.expressions.Comparisons.same;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What each {@link Operator} means. Nothing here throws.
 *
 * @param zone where times without an offset are, and where days start
 * @param now the clock; null: nothing is within the last of anything
 */
record Operators(ZoneId zone, @Nullable Instant now) {
    boolean test(
            Operator operator, Field field, Map<String, ? extends @Nullable Object> context, @Nullable Object wanted) {
        return operator == Operator.EXISTS ? field.exists(context) : test(operator, field.resolve(context), wanted);
    }

    private boolean test(Operator operator, @Nullable Object actual, @Nullable Object wanted) {
        return switch (operator) {
            case NOT_NULL, EXISTS -> actual != null;
            case IS_NULL -> actual == null;
            case EMPTY -> empty(actual);
            case NOT_EMPTY -> !empty(actual);
            case EQUALS -> same(actual, wanted);
            case NOT_EQUALS -> !same(actual, wanted);
            case EQUALS_IGNORE_CASE -> same(folded(actual), folded(wanted));
            case NOT_EQUALS_IGNORE_CASE -> !same(folded(actual), folded(wanted));
            case CONTAINS -> contains(actual, wanted);
            case NOT_CONTAINS -> !contains(actual, wanted);
            case CONTAINS_IGNORE_CASE -> contains(folded(actual), folded(wanted));
            case CONTAINS_ANY ->
                wanted instanceof List<?> list && list.stream().anyMatch(each -> contains(actual, each));
            case CONTAINS_ALL ->
                actual != null
                        && wanted instanceof List<?> list
                        && list.stream().allMatch(each -> contains(actual, each));
            case STARTS_WITH -> texts(actual, wanted, String::startsWith);
            case STARTS_WITH_IGNORE_CASE -> texts(folded(actual), folded(wanted), String::startsWith);
            case ENDS_WITH -> texts(actual, wanted, String::endsWith);
            case ENDS_WITH_IGNORE_CASE -> texts(folded(actual), folded(wanted), String::endsWith);
            case MATCHES -> matches(actual, wanted);
            case GT -> ordered(actual, wanted, order -> order > 0);
            case GTE -> ordered(actual, wanted, order -> order >= 0);
            case LT -> ordered(actual, wanted, order -> order < 0);
            case LTE -> ordered(actual, wanted, order -> order <= 0);
            case BETWEEN ->
                wanted instanceof List<?> pair
                        && pair.size() == 2
                        && ordered(actual, pair.get(0), order -> order >= 0)
                        && ordered(actual, pair.get(1), order -> order <= 0);
            case IN -> in(actual, wanted);
            case NOT_IN -> !in(actual, wanted);
            case IS_EMAIL -> actual instanceof String text && Formats.isEmail(text);
            case IS_PHONE -> isPhone(actual, wanted);
            case IS_URL -> actual instanceof String text && Formats.isUrl(text);
            case IS_NUMBER -> Comparisons.number(actual) != null;
            case BEFORE -> times(actual, wanted, order -> order < 0);
            case AFTER -> times(actual, wanted, order -> order > 0);
            case ON -> sameDay(actual, wanted);
            case WITHIN_LAST -> withinLast(actual, wanted);
            case SIZE_EQUALS -> size(actual, wanted, order -> order == 0);
            case SIZE_GT -> size(actual, wanted, order -> order > 0);
            case SIZE_GTE -> size(actual, wanted, order -> order >= 0);
            case SIZE_LT -> size(actual, wanted, order -> order < 0);
            case SIZE_LTE -> size(actual, wanted, order -> order <= 0);
        };
    }

    private static boolean empty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isBlank();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static @Nullable Object folded(@Nullable Object value) {
        return switch (value) {
            case String text -> text.toLowerCase(Locale.ROOT);
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>(list.size());
                list.forEach(each -> all.add(folded(each)));
                yield all;
            }
            case null, default -> value;
        };
    }

    private static boolean texts(
            @Nullable Object actual, @Nullable Object wanted, BiPredicate<String, String> accepted) {
        return actual instanceof String text && wanted != null && accepted.test(text, Comparisons.text(wanted));
    }

    private static boolean matches(@Nullable Object actual, @Nullable Object wanted) {
        if (actual == null || actual instanceof Collection || actual instanceof Map) {
            return false;
        }
        try {
            Pattern pattern = wanted instanceof Pattern compiled
                    ? compiled
                    : LinearPattern.compile(wanted == null ? "" : Comparisons.text(wanted), 0);
            return wanted != null && pattern.matcher(Comparisons.text(actual)).find();
        } catch (InvalidExpressionException e) {
            return false;
        }
    }

    private static boolean in(@Nullable Object actual, @Nullable Object wanted) {
        return wanted instanceof List<?> list && list.stream().anyMatch(each -> same(actual, each));
    }

    private static boolean isPhone(@Nullable Object actual, @Nullable Object region) {
        return (actual instanceof String || actual instanceof Number)
                && PhoneNumbers.e164(Comparisons.text(actual), region instanceof String text ? text : null) != null;
    }

    private boolean times(@Nullable Object actual, @Nullable Object wanted, IntPredicate accepted) {
        Instant left = Times.of(actual, zone);
        Instant right = Times.of(wanted, zone);
        return left != null && right != null && accepted.test(left.compareTo(right));
    }

    private boolean sameDay(@Nullable Object actual, @Nullable Object wanted) {
        Instant left = Times.of(actual, zone);
        Instant right = Times.of(wanted, zone);
        return left != null
                && right != null
                && left.atZone(zone).toLocalDate().equals(right.atZone(zone).toLocalDate());
    }

    private boolean withinLast(@Nullable Object actual, @Nullable Object wanted) {
        Instant time = Times.of(actual, zone);
        if (time == null || now == null || !(wanted instanceof String amount)) {
            return false;
        }
        try {
            Instant earliest = (amount.contains("T")
                            ? now.atZone(zone).minus(Duration.parse(amount))
                            : now.atZone(zone).minus(Period.parse(amount)))
                    .toInstant();
            return !time.isAfter(now) && !time.isBefore(earliest);
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean size(@Nullable Object actual, @Nullable Object wanted, IntPredicate accepted) {
        int size = switch (actual) {
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> -1;
        };
        BigDecimal limit = Comparisons.number(wanted);
        return size >= 0
                && limit != null
                && accepted.test(BigDecimal.valueOf(size).compareTo(limit));
    }
}
