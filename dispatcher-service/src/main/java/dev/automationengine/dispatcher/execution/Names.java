package dev.automationengine.dispatcher.execution;

import java.util.Locale;

/** Enumerations as they are written in JSON and MongoDB: in lower case. */
final class Names {
    private Names() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E enumOf(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
