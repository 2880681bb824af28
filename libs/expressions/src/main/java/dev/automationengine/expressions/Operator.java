package dev.automationengine.expressions;

import java.util.Locale;
import java.util.Optional;

/**
 * How a condition compares. A missing value is the same as null: every operator but {@link #IS_NULL}, {@link #EMPTY},
 * and those that start with NOT_, is false for it.
 */
public enum Operator {
    /** There is a value; takes none to compare with. */
    NOT_NULL(Takes.NOTHING),
    /** There is no value. */
    IS_NULL(Takes.NOTHING),
    /** The field is there, even if its value is null. */
    EXISTS(Takes.NOTHING),
    /** Missing, null, blank text, a list or object without content. */
    EMPTY(Takes.NOTHING),
    /** The opposite of EMPTY. */
    NOT_EMPTY(Takes.NOTHING),
    /** The same: numbers by amount, a number equals its text, text exactly. */
    EQUALS(Takes.ANYTHING),
    /** Not the same. */
    NOT_EQUALS(Takes.ANYTHING),
    /** The same, whatever the case of letters. */
    EQUALS_IGNORE_CASE(Takes.ANYTHING),
    /** Not the same, whatever the case of letters. */
    NOT_EQUALS_IGNORE_CASE(Takes.ANYTHING),
    /** A text has the text in it, or a list has the element. */
    CONTAINS(Takes.ANYTHING),
    /** The opposite of CONTAINS. */
    NOT_CONTAINS(Takes.ANYTHING),
    /** As CONTAINS, whatever the case of letters. */
    CONTAINS_IGNORE_CASE(Takes.ANYTHING),
    /** A list has at least one of the elements, or a text at least one of the texts. */
    CONTAINS_ANY(Takes.LIST),
    /** A list has all the elements, or a text all the texts. */
    CONTAINS_ALL(Takes.LIST),
    /** A text starts with the text. */
    STARTS_WITH(Takes.ANYTHING),
    /** As STARTS_WITH, whatever the case of letters. */
    STARTS_WITH_IGNORE_CASE(Takes.ANYTHING),
    /** A text ends with the text. */
    ENDS_WITH(Takes.ANYTHING),
    /** As ENDS_WITH, whatever the case of letters. */
    ENDS_WITH_IGNORE_CASE(Takes.ANYTHING),
    /** The pattern (RE2: linear time) is found in a text; {@code ^} and {@code $} pin it to the ends. */
    MATCHES(Takes.PATTERN),
    /** Greater: both numbers (or texts of numbers), or both ISO-8601 times with offset. */
    GT(Takes.ANYTHING),
    /** Greater or equal. */
    GTE(Takes.ANYTHING),
    /** Less. */
    LT(Takes.ANYTHING),
    /** Less or equal. */
    LTE(Takes.ANYTHING),
    /** Not less than the first and not greater than the second of two values. */
    BETWEEN(Takes.PAIR),
    /** Equals one element of a list. */
    IN(Takes.LIST),
    /** Equals no element of a list. */
    NOT_IN(Takes.LIST),
    /** Has the form of an e-mail address. */
    IS_EMAIL(Takes.NOTHING),
    /** Is a valid telephone number; without a region as value it has to start with its country code. */
    IS_PHONE(Takes.REGION),
    /** Is an absolute http or https address. */
    IS_URL(Takes.NOTHING),
    /** Is a number, or the text of one. */
    IS_NUMBER(Takes.NOTHING),
    /** A time before the time. */
    BEFORE(Takes.TIME),
    /** A time after the time. */
    AFTER(Takes.TIME),
    /** A time on the same day of the calendar, in the condition's zone. */
    ON(Takes.TIME),
    /** A time not after now, and not before now less the duration. */
    WITHIN_LAST(Takes.DURATION),
    /** A list, object or text has so many elements, members or characters. */
    SIZE_EQUALS(Takes.SIZE),
    /** Has more. */
    SIZE_GT(Takes.SIZE),
    /** Has as many or more. */
    SIZE_GTE(Takes.SIZE),
    /** Has fewer. */
    SIZE_LT(Takes.SIZE),
    /** Has as many or fewer. */
    SIZE_LTE(Takes.SIZE);

    /** What an operator compares with. */
    enum Takes {
        NOTHING,
        ANYTHING,
        LIST,
        PAIR,
        PATTERN,
        REGION,
        TIME,
        DURATION,
        SIZE
    }

    private final Takes takes;

    Operator(Takes takes) {
        this.takes = takes;
    }

    Takes takes() {
        return takes;
    }

    static Optional<Operator> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
