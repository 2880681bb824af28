package dev.automationengine.connectors.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of an action's configuration.
 *
 * @param name its name
 * @param type what it holds
 * @param required whether it must be there
 * @param description for people
 * @param values the values it may have; empty: any
 */
public record InputField(String name, Type type, boolean required, String description, List<String> values) {
    private static final String TEMPLATE_START = "{{";

    /** Copies the values. */
    public InputField {
        values = List.copyOf(values);
    }

    /** What a field holds. */
    public enum Type {
        /** Text. */
        @JsonProperty("string")
        STRING,
        /** A number, whole or not. */
        @JsonProperty("number")
        NUMBER,
        /** True or false. */
        @JsonProperty("boolean")
        BOOLEAN,
        /** A JSON object. */
        @JsonProperty("object")
        OBJECT,
        /** A JSON array. */
        @JsonProperty("array")
        ARRAY,
        /** Any JSON value. */
        @JsonProperty("any")
        ANY
    }

    /** Why this value cannot be; null if it can. A text with a template can become anything. */
    @Nullable
    String objection(@Nullable Object value) {
        if (value instanceof String text && text.contains(TEMPLATE_START)) {
            return null;
        }
        if (!fits(value)) {
            return "must be of type " + type.name().toLowerCase(Locale.ROOT);
        }
        if (!values.isEmpty() && !values.contains(String.valueOf(value))) {
            return "must be one of " + String.join(", ", values);
        }
        return null;
    }

    private boolean fits(@Nullable Object value) {
        return switch (type) {
            case STRING -> value instanceof String;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case OBJECT -> value instanceof Map;
            case ARRAY -> value instanceof List;
            case ANY -> true;
        };
    }
}
