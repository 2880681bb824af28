package dev.automationengine.expressions;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a value into the text that stands for it inside other text. */
final class JsonText {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_PLAIN_EXPONENT = 30;

    private final StringBuilder text = new StringBuilder();
    private final int limit;

    private JsonText(int limit) {
        this.limit = limit;
    }

    /** The text of a value: nothing for null, the JSON of objects and lists; about {@code limit} characters at most. */
    static String of(@Nullable Object value, int limit) {
        return switch (value) {
            case null -> "";
            case String string -> string;
            case Number number -> number(number);
            case Map<?, ?> map -> new JsonText(limit).write(map, 0).toString();
            case List<?> list -> new JsonText(limit).write(list, 0).toString();
            default -> value.toString();
        };
    }

    /** The JSON of a value, also of a text. */
    static String json(@Nullable Object value, int limit) {
        return new JsonText(limit).write(value, 0).toString();
    }

    private static String number(Number number) {
        return switch (number) {
            case Double d when !Double.isFinite(d) -> "";
            case Float f when !Float.isFinite(f) -> "";
            case Double d -> plain(BigDecimal.valueOf(d));
            case Float f -> plain(new BigDecimal(f.toString()));
            case BigDecimal decimal -> plain(decimal);
            default -> number.toString();
        };
    }

    /** 10000000 rather than 1.0E7, but never a million zeros. */
    private static String plain(BigDecimal decimal) {
        BigDecimal shortest = decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
        return Math.abs(shortest.scale()) <= MAX_PLAIN_EXPONENT ? shortest.toPlainString() : shortest.toString();
    }

    private StringBuilder write(@Nullable Object value, int depth) {
        // Data from JSON is never this deep; an object that contains itself is.
        if (depth > MAX_DEPTH || text.length() > limit) {
            return text.append("null");
        }
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map -> members(map, depth);
            case List<?> list -> items(list, depth);
            case Boolean bool -> text.append(bool);
            case Number number -> {
                String digits = number(number);
                text.append(digits.isEmpty() ? "null" : digits);
            }
            default -> string(value.toString());
        }
        return text;
    }

    private void members(Map<?, ?> map, int depth) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            write(entry.getValue(), depth + 1);
            if (text.length() > limit) {
                break;
            }
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void items(List<?> list, int depth) {
        String separator = "[";
        for (Object item : list) {
            text.append(separator);
            write(item, depth + 1);
            if (text.length() > limit) {
                break;
            }
            separator = ",";
        }
        text.append(list.isEmpty() ? "[]" : "]");
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (character < ' ') {
                        text.append(String.format("\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }
}
