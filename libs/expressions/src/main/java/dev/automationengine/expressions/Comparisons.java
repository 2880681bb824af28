package dev.automationengine.expressions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each {@link Operator} means. Nothing here throws. */
final class Comparisons {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_EMAIL_LENGTH = 254;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,20})?");
    /** Not RFC 5322, but what mailbox providers give out: no quotes, no blanks, a dot in the domain. */
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\"<>(),:;\\[\\]\\\\]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}[\\p{L}\\p{N}-]{2,63}");

    private Comparisons() {}

    static boolean test(Operator operator, @Nullable Object actual, @Nullable Object wanted) {
        return switch (operator) {
            case NOT_NULL -> actual != null;
            case IS_NULL -> actual == null;
            case EQUALS -> same(actual, wanted);
            case NOT_EQUALS -> !same(actual, wanted);
            case CONTAINS -> contains(actual, wanted);
            case STARTS_WITH -> actual instanceof String text && wanted != null && text.startsWith(text(wanted));
            case ENDS_WITH -> actual instanceof String text && wanted != null && text.endsWith(text(wanted));
            case GT -> ordered(actual, wanted, order -> order > 0);
            case GTE -> ordered(actual, wanted, order -> order >= 0);
            case LT -> ordered(actual, wanted, order -> order < 0);
            case LTE -> ordered(actual, wanted, order -> order <= 0);
            case IN -> wanted instanceof List<?> list && list.stream().anyMatch(each -> same(actual, each));
            case IS_EMAIL ->
                actual instanceof String text
                        && text.length() <= MAX_EMAIL_LENGTH
                        && EMAIL.matcher(text).matches();
        };
    }

    private static boolean contains(@Nullable Object actual, @Nullable Object wanted) {
        return switch (actual) {
            case String text -> wanted != null && text.contains(text(wanted));
            case List<?> list -> list.stream().anyMatch(each -> same(each, wanted));
            case null, default -> false;
        };
    }

    /** Forms give every answer as text: so the number 5 equals the text "5", and true equals "true". */
    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        if (left instanceof Number || right instanceof Number) {
            BigDecimal a = number(left);
            BigDecimal b = number(right);
            return a != null && b != null ? a.compareTo(b) == 0 : left.equals(right);
        }
        if (left instanceof Boolean != right instanceof Boolean) {
            return text(left).equals(text(right));
        }
        return left.equals(right);
    }

    private static boolean ordered(@Nullable Object left, @Nullable Object right, IntPredicate accepted) {
        BigDecimal a = number(left);
        BigDecimal b = number(right);
        if (a != null && b != null) {
            return accepted.test(a.compareTo(b));
        }
        Instant from = instant(left);
        Instant to = instant(right);
        return from != null && to != null && accepted.test(from.compareTo(to));
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double d -> Double.isFinite(d) ? BigDecimal.valueOf(d) : null;
            case Float f -> Float.isFinite(f) ? new BigDecimal(f.toString()) : null;
            case Number number -> BigDecimal.valueOf(number.longValue());
            case String text
            when text.length() <= MAX_NUMBER_LENGTH && NUMBER.matcher(text).matches() -> new BigDecimal(text);
            case null, default -> null;
        };
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case String text
            when text.length() <= MAX_NUMBER_LENGTH -> {
                try {
                    yield OffsetDateTime.parse(text).toInstant();
                } catch (DateTimeException e) {
                    yield null;
                }
            }
            case null, default -> null;
        };
    }

    private static String text(Object value) {
        return JsonText.of(value, Template.MAX_RENDERED_CHARACTERS);
    }
}
