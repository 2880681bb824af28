package dev.automationengine.expressions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a condition looks at. {@code trigger.x} and {@code steps.ID.output.x} say where it lies; a bare name means a
 * member of {@code trigger.fields} if the trigger has such, else of {@code trigger}. Where there is no trigger, as for an
 * item of a list, every path starts at the context's root.
 *
 * @param path the way
 * @param explicit whether it starts at the context's root
 */
public record Field(Path path, boolean explicit) {
    private static final String TRIGGER = "trigger";
    private static final String STEPS = "steps";
    private static final String FIELDS = "fields";
    private static final String SYNTAX = ".[]{}'\"";

    /**
     * Reads a field.
     *
     * @throws InvalidExpressionException if it is neither a path nor a plain name
     */
    public static Field parse(String text) {
        // The questions of a lead form make odd names ("which car?"): without path syntax they are names as they are.
        if (!text.isBlank() && text.chars().noneMatch(c -> SYNTAX.indexOf(c) >= 0)) {
            boolean explicit = text.equals(TRIGGER) || text.equals(STEPS);
            return new Field(new Path(List.of(new Path.Segment.Key(text))), explicit);
        }
        Path path = Path.parse(text);
        return new Field(path, path.root().equals(TRIGGER) || path.root().equals(STEPS));
    }

    /** What lies there; null if nothing does. Never throws. */
    public @Nullable Object resolve(Map<String, ? extends @Nullable Object> context) {
        return path.resolve(start(context));
    }

    /** Whether it is there, even if it is null. */
    boolean exists(Map<String, ? extends @Nullable Object> context) {
        Object parent = start(context);
        int last = path.segments().size() - 1;
        if (last > 0) {
            parent = new Path(path.segments().subList(0, last)).resolve(parent);
        }
        return switch (path.segments().getLast()) {
            case Path.Segment.Key(String name) -> parent instanceof Map<?, ?> map && map.containsKey(name);
            case Path.Segment.Index(int index) -> parent instanceof List<?> list && index < list.size();
        };
    }

    private @Nullable Object start(Map<String, ? extends @Nullable Object> context) {
        if (explicit || !context.containsKey(TRIGGER)) {
            return context;
        }
        Object trigger = context.get(TRIGGER);
        Object fields = trigger instanceof Map<?, ?> payload ? payload.get(FIELDS) : null;
        return fields instanceof Map<?, ?> ? fields : trigger;
    }
}
