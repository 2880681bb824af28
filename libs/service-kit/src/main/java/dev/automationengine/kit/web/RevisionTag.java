package dev.automationengine.kit.web;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Revisions as entity tags: who changes something sends the tag of what was read, and learns if it has changed since.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110, If-Match</a>
 */
public final class RevisionTag {
    private RevisionTag() {}

    /** The {@code ETag} of a revision. */
    public static String of(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * The revision that a change is for.
     *
     * @param ifMatch the header {@code If-Match}
     * @return null if any will do: the header is absent, or {@code *}
     * @throws ProblemException 400 if it is no tag of ours
     */
    public static @Nullable Long read(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "If-Match is not an ETag of this.",
                    List.of(new FieldError("If-Match", "send the ETag of the answer that you read")),
                    e);
        }
    }
}
