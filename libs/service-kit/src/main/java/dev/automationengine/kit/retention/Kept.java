package dev.automationengine.kit.retention;

import dev.automationengine.kit.mongo.EngineCollection;
import dev.automationengine.kit.mongo.Sweep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The collections with people's data, of which an organization says how long they are kept. The service that writes one
 * has a bean of it, and deletes in it what is over.
 */
public enum Kept {
    /** Events; longer than any source repeats itself (Meta: 36 hours), or repeats would start workflows again. */
    EVENTS(EngineCollection.EVENTS, List.of("received_at"), 2, Sweep.EXPIRED_EVENTS),
    /** Executions that have ended, however. */
    EXECUTIONS(EngineCollection.EXECUTIONS, List.of("finished_at"), 1, Sweep.EXPIRED_EXECUTIONS),
    /** Dead letters, open ones too. */
    DEAD_LETTERS(EngineCollection.DEAD_LETTERS, List.of("created_at"), 1, Sweep.EXPIRED_DEAD_LETTERS),
    /** What people read of executions. What was changed long ago was created long ago, and that has an index. */
    EXECUTION_LOGS(EngineCollection.EXECUTION_LOGS, List.of("created_at", "updated_at"), 1, Sweep.EXPIRED_LOGS);

    private final EngineCollection collection;
    private final List<String> since;
    private final int leastDays;
    private final Sweep expired;

    Kept(EngineCollection collection, List<String> since, int leastDays, Sweep expired) {
        this.collection = collection;
        this.since = since;
        this.leastDays = leastDays;
        this.expired = expired;
    }

    /** The one of this name, which is the collection's. */
    public static Optional<Kept> named(String collection) {
        return Arrays.stream(values())
                .filter(kept -> kept.collection().equals(collection))
                .findFirst();
    }

    /** The collection, as the database and the API name it. */
    public String collection() {
        return collection.collection();
    }

    /** The shortest time that makes sense, in days. */
    public int leastDays() {
        return leastDays;
    }

    /** The members that all have to be longer ago than documents are kept; a document without one is not over. */
    List<String> since() {
        return since;
    }

    /** Marks the read of what has expired. */
    Sweep expired() {
        return expired;
    }
}
