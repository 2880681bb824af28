package dev.automationengine.kit.page;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page starts, as an opaque text. */
public final class Cursor {
    private static final String SEPARATOR = "\n";

    private Cursor() {}

    /** Packs the sort keys of the last entry of a page; none may hold a line break. */
    public static String encode(String... keys) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Unpacks a cursor.
     *
     * @param cursor as a caller sent it
     * @param keys how many keys it must hold
     * @throws ProblemException if it was not made by {@link #encode}
     */
    public static List<String> decode(String cursor, int keys) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> parts = List.of(text.split(SEPARATOR, -1));
            if (parts.size() == keys) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
        throw invalid(null);
    }

    /** What a cursor answers that holds the right number of keys of the wrong form. */
    public static ProblemException invalid(@Nullable Throwable cause) {
        return new ProblemException(
                Problem.INVALID_REQUEST,
                "The cursor is not one that this list gave.",
                List.of(new FieldError("cursor", "use the next_cursor of the page before, or none")),
                cause);
    }
}
