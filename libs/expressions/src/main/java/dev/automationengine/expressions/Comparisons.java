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

/** When values are the same, and which is greater. Nothing here throws. */
final class Comparisons {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,20})?");

    private Comparisons() {}

    static boolean contains(@Nullable Object actual, @Nullable Object wanted) {
        return switch (actual) {
            case String text -> wanted != null && text.contains(text(wanted));
            case List<?> list -> list.stream().anyMatch(each -> same(each, wanted));
            case null, default -> false;
        };
    }

    /** Forms give every answer as text: so the number 5 equals the text "5", and true equals "true". */
    static boolean same(@Nullable Object left, @Nullable Object right) {
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

    static boolean ordered(@Nullable Object left, @Nullable Object right, IntPredicate accepted) {
        BigDecimal a = number(left);
        BigDecimal b = number(right);
        if (a != null && b != null) {
            return accepted.test(a.compareTo(b));
        }
        Instant from = instant(left);
        Instant to = instant(right);
        return from != null && to != null && accepted.test(from.compareTo(to));
    }

    static @Nullable BigDecimal number(@Nullable Object value) {
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

    static String text(Object value) {
        return JsonText.of(value, Template.MAX_RENDERED_CHARACTERS);
    }
}
