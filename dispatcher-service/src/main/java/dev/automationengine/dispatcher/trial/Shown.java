package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.workflow.DataLimit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much data an answer still has room for: what does not fit is left out and says so. Used once. */
final class Shown {
    private static final Map<String, @Nullable Object> LEFT_OUT = Map.of("left_out", "too large to be shown");

    private int left;

    /** With room for about so many bytes of JSON. */
    Shown(int bytes) {
        this.left = bytes;
    }

    /** The value, or what says that it was left out. */
    @Nullable
    Object value(@Nullable Object value) {
        int size = new DataLimit(left).sizeOf(value);
        if (size > left) {
            return LEFT_OUT;
        }
        left -= size;
        return value;
    }

    /** The same for an object. */
    @Nullable
    Map<String, @Nullable Object> object(@Nullable Map<String, @Nullable Object> object) {
        return object == null || value(object) == object ? object : LEFT_OUT;
    }
}
