package dev.automationengine.model.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of one collection, to be searched for a person. It says who is meant by keyed hashes only, so it holds no
 * personal data. Done twice it changes nothing.
 *
 * @param requestId what a person asked for
 * @param orgId whose data
 * @param kind whether to erase, too
 * @param subjects keyed hashes of addresses and telephone numbers, each behind its kind: {@code email:...}
 * @param traces keyed hashes of what those leave in any text; documents that were written with others are passed over
 * @param region where telephone numbers without a country code are, ISO 3166-1 alpha-2; null: such are not looked at
 * @param collection the collection; the service that writes it does the work
 * @param pass 1 for the first look through all collections
 * @param after the id that the page before ended with; null for the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubjectWork(
        String requestId,
        OrgId orgId,
        Kind kind,
        List<String> subjects,
        List<String> traces,
        @Nullable String region,
        String collection,
        int pass,
        @Nullable String after) {
    /** Copies the hashes. */
    public SubjectWork {
        subjects = List.copyOf(subjects);
        traces = List.copyOf(traces);
    }

    /** What is wanted. */
    public enum Kind {
        /** Say where the person's data is. */
        @JsonProperty("search")
        SEARCH,
        /** Say so, to whoever takes a copy of it then. */
        @JsonProperty("export")
        EXPORT,
        /** Say so, and erase it. */
        @JsonProperty("erasure")
        ERASURE
    }
}
