package dev.automationengine.worker.credential;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.CredentialId;
import org.jspecify.annotations.Nullable;

/** Ids of credentials in paths and cursors. */
public final class CredentialIds {
    private CredentialIds() {}

    /**
     * The id of a path.
     *
     * @param what it is called there
     * @throws ProblemException 404 if it has not the form of one: then there is none of it
     */
    public static CredentialId read(String text, String what) {
        try {
            return new CredentialId(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(what);
        }
    }

    /**
     * The id that a page begins behind; null for the first page.
     *
     * @throws ProblemException 400 if it is no cursor of ours
     */
    public static @Nullable CredentialId after(@Nullable String cursor) {
        try {
            return cursor == null
                    ? null
                    : new CredentialId(Cursor.decode(cursor, 1).getFirst());
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid(e);
        }
    }
}
