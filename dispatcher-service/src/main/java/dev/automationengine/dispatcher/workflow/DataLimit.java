package dev.automationengine.dispatcher.workflow;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much JSON-like data may go into a document. MongoDB refuses a document above 16 MB or nested deeper
 * than 100 levels, names with a null character, and integers of more than 64 bits: an event with such data would come
 * back for ever. So data is checked, and brought into a form that can be stored, before anything is built on it.
 *
 * @param maxSize bytes of names and texts in UTF-8, and 8 for every value
 */
public record DataLimit(int maxSize) {
    /** What an author writes. */
    public static final DataLimit WORKFLOW = new DataLimit(1024 * 1024);

    /** The content of an event. Kafka takes 1 MB. */
    public static final DataLimit PAYLOAD = new DataLimit(2 * 1024 * 1024);

    /** What a step is given, or gives: room for 128 KiB of JSON, however small its values. */
    public static final DataLimit STEP = new DataLimit(640 * 1024);

    /** What all steps of an execution are given and give. */
    public static final DataLimit STEPS = new DataLimit(6 * 1024 * 1024);

    private static final int MAX_DEPTH = 64;
    private static final int VALUE_SIZE = 8;

    /** The data in a form that can be stored; empty if it is too large or too deep. */
    public Optional<Map<String, @Nullable Object>> storable(Map<String, ? extends @Nullable Object> data) {
        Copy copy = new Copy(maxSize);
        Map<String, @Nullable Object> stored = copy.members(data, 0);
        return copy.left < 0 ? Optional.empty() : Optional.of(stored);
    }

    /** Data that was stored before, as plain maps and lists: those of the MongoDB driver equal only their like. */
    public static Map<String, @Nullable Object> plain(Map<String, ? extends @Nullable Object> stored) {
        return new Copy(Integer.MAX_VALUE).members(stored, 0);
    }

    /** Bytes in UTF-8, without encoding it. */
    private static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            bytes += character < 0x80 ? 0 : character < 0x800 ? 1 : 2;
        }
        return bytes;
    }

    /** About how many bytes of JSON the data is; more than {@link #maxSize} if it does not fit. */
    public int sizeOf(@Nullable Object data) {
        Copy copy = new Copy(maxSize);
        copy.value(data, 0);
        return copy.left < 0 ? maxSize + 1 : maxSize - copy.left;
    }

    private static final class Copy {
        private int left;

        Copy(int left) {
            this.left = left;
        }

        private @Nullable Object value(@Nullable Object value, int depth) {
            left -= VALUE_SIZE;
            if (depth > MAX_DEPTH) {
                left = -1;
            }
            if (left < 0) {
                return null;
            }
            return switch (value) {
                case Map<?, ?> members -> members(members, depth);
                case List<?> items -> items(items, depth);
                case String text -> {
                    left -= bytes(text);
                    yield text;
                }
                // As text it keeps all its digits.
                case BigInteger integer -> value(integer.toString(), depth);
                case null, default -> value;
            };
        }

        private Map<String, @Nullable Object> members(Map<?, ?> members, int depth) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : members.entrySet()) {
                if (left < 0) {
                    break;
                }
                String name = String.valueOf(entry.getKey()).replace('\0', '\uFFFD');
                left -= bytes(name);
                copy.put(name, value(entry.getValue(), depth + 1));
            }
            return Collections.unmodifiableMap(copy);
        }

        private List<@Nullable Object> items(List<?> items, int depth) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object item : items) {
                if (left < 0) {
                    break;
                }
                copy.add(value(item, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
    }
}
