package dev.automationengine.expressions;

import java.util.Locale;
import java.util.Optional;

/** How a condition compares. */
public enum Operator {
    /** There is a value; takes none to compare with. */
    NOT_NULL(Takes.NOTHING),
    /** There is no value. */
    IS_NULL(Takes.NOTHING),
    /** The same: numbers by amount, a number equals its text, text exactly. */
    EQUALS(Takes.ANYTHING),
    /** Not the same. */
    NOT_EQUALS(Takes.ANYTHING),
    /** A text has the text in it, or a list has the element. */
    CONTAINS(Takes.ANYTHING),
    /** A text starts with the text. */
    STARTS_WITH(Takes.ANYTHING),
    /** A text ends with the text. */
    ENDS_WITH(Takes.ANYTHING),
    /** Greater: both numbers (or texts of numbers), or both ISO-8601 times with offset. */
    GT(Takes.ANYTHING),
    /** Greater or equal. */
    GTE(Takes.ANYTHING),
    /** Less. */
    LT(Takes.ANYTHING),
    /** Less or equal. */
    LTE(Takes.ANYTHING),
    /** Equals one element of a list. */
    IN(Takes.LIST),
    /** Has the form of an e-mail address. */
    IS_EMAIL(Takes.NOTHING);

    /** What an operator compares with. */
    enum Takes {
        NOTHING,
        ANYTHING,
        LIST
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
