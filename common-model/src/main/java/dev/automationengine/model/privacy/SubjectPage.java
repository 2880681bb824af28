package dev.automationengine.model.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link SubjectWork}.
 *
 * @param requestId what a person asked for
 * @param orgId whose data
 * @param collection the collection
 * @param pass as in the work
 * @param after as in the work
 * @param next the id that this page ended with; null: there is nothing behind it
 * @param looked how many documents were looked at
 * @param changed how many were erased just now; what an earlier run of the same work erased is among the findings only
 * @param findings the documents with the person's data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubjectPage(
        String requestId,
        OrgId orgId,
        String collection,
        int pass,
        @Nullable String after,
        @Nullable String next,
        int looked,
        int changed,
        List<Finding> findings) {
    /** Copies the findings. */
    public SubjectPage {
        findings = List.copyOf(findings);
    }

    /**
     * A document with the person's data.
     *
     * @param collection where it lies; beside the page's own one that goes with it
     * @param id its id
     * @param erased whether the data is no longer there
     */
    public record Finding(String collection, String id, boolean erased) {}
}
