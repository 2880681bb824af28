package dev.automationengine.expressions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way into JSON-like data: {@code trigger.fields.email}, {@code trigger.answers['which_car?'][0]}.
 *
 * <p>A name has letters, digits, {@code _} and {@code -}; any other key goes into brackets and quotes, where
 * {@code \} escapes the next character. An index counts from 0.
 *
 * @param segments the steps of the way, at least one; the first is a key
 */
public record Path(List<Segment> segments) {
    /** The most characters that a path may have. */
    public static final int MAX_LENGTH = 512;

    /** Copies the segments. */
    public Path {
        segments = List.copyOf(segments);
    }

    /** One step of the way. */
    public sealed interface Segment {
        /** Into a member of an object. */
        record Key(String name) implements Segment {}

        /** Into an element of a list. */
        record Index(int index) implements Segment {}
    }

    /**
     * Reads a path.
     *
     * @throws InvalidExpressionException if it cannot be read; the reason names the position, counted from 1
     */
    public static Path parse(String text) {
        return new PathParser(text).parse();
    }

    /** The name that the path starts with. */
    public String root() {
        return segments.getFirst() instanceof Segment.Key(String name) ? name : "";
    }

    /** The name at a place of the path; null if the path is shorter or has an index there. */
    public @Nullable String keyAt(int place) {
        return place < segments.size() && segments.get(place) instanceof Segment.Key(String name) ? name : null;
    }

    /** What lies at the end of the path; null if any part of the way is missing. Never throws. */
    public @Nullable Object resolve(@Nullable Object context) {
        Object current = context;
        for (Segment segment : segments) {
            current = switch (segment) {
                case Segment.Key(String name) -> current instanceof Map<?, ?> map ? map.get(name) : null;
                case Segment.Index(int index) ->
                    current instanceof List<?> list && index < list.size() ? list.get(index) : null;
            };
            if (current == null) {
                return null;
            }
        }
        return current;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Segment segment : segments) {
            switch (segment) {
                case Segment.Index(int index) -> text.append('[').append(index).append(']');
                case Segment.Key(String name)
                when PathParser.isPlainName(name) ->
                    text.append(text.isEmpty() ? "" : ".").append(name);
                case Segment.Key(String name) ->
                    text.append("['")
                            .append(name.replace("\\", "\\\\").replace("'", "\\'"))
                            .append("']");
            }
        }
        return text.toString();
    }
}
