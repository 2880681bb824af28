package dev.automationengine.expressions;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an operator can compare with what was written. */
final class ComparedValues {
    private ComparedValues() {}

    /**
     * What is wrong and how to mend it.
     *
     * @param given whether there is the member at all
     * @param known whether the value is what it says, not to be filled in later
     */
    static Optional<String> wrong(Operator operator, boolean given, @Nullable Object value, boolean known) {
        return switch (operator.takes()) {
            case NOTHING -> unless(value == null, operator + " compares with nothing: leave it out");
            case ANYTHING -> unless(given, operator + " needs a value to compare with");
            case LIST -> unless(!known || value instanceof List<?>, operator + " needs a list");
            case PAIR ->
                unless(!known || value instanceof List<?> pair && pair.size() == 2, operator + " needs a list of two");
            case PATTERN -> unless(!known || value instanceof String, operator + " needs a pattern such as \"^GET \"");
            case REGION ->
                unless(
                        value == null || !known || value instanceof String text && PhoneNumbers.isRegion(text),
                        operator + " takes a region such as \"IN\", or nothing");
            case TIME ->
                unless(
                        !known || Times.of(value, ZoneOffset.UTC) != null,
                        operator + " needs a time such as \"2026-11-23T10:00:00+05:30\" or \"2026-11-23\"");
            case DURATION ->
                unless(
                        !known || value instanceof String text && isDuration(text),
                        operator + " needs an ISO-8601 duration such as \"P7D\" or \"PT36H\"");
            case SIZE -> unless(!known || Comparisons.number(value) != null, operator + " needs a number such as 3");
        };
    }

    private static Optional<String> unless(boolean fine, String reason) {
        return fine ? Optional.empty() : Optional.of(reason);
    }

    private static boolean isDuration(String text) {
        try {
            return text.contains("T")
                    ? !Duration.parse(text).isNegative()
                    : !Period.parse(text).isNegative();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
