package dev.automationengine.logging.privacy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a request.
 *
 * @param request who asked for what, when, and where it stands; the person is there as keyed hashes only
 * @param collections what was found in each collection
 */
record Receipt(@JsonUnwrapped SubjectRequest request, Map<String, Counts> collections) {
    /**
     * Of a collection.
     *
     * @param found documents with the person's data
     * @param erased of these, those in which it is no longer
     */
    record Counts(long found, long erased) {}

    static Receipt of(SubjectRequest request, SubjectRequestStore store) {
        Map<String, Counts> counts = new LinkedHashMap<>();
        for (String collection : SubjectRequest.COLLECTIONS) {
            counts.put(
                    collection,
                    new Counts(
                            store.count(request.orgId(), request.id(), collection, false),
                            store.count(request.orgId(), request.id(), collection, true)));
        }
        return new Receipt(request, counts);
    }
}
