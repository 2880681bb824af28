package dev.automationengine.localstack.infrastructure;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Lets the server use its indexes for a filter such as {@code {$and: [{_id: 1}, {rev: 2}]}}, which is how the driver
 * writes {@code Filters.and}. MongoDB's planner treats it as {@code {_id: 1, rev: 2}}; this server knows the latter
 * only, and reads the whole collection for the former.
 */
final class Conjunctions {
    private static final String AND = "$and";
    private static final List<String> FILTERS = List.of("filter", "query", "q");
    private static final List<String> STATEMENTS = List.of("updates", "deletes");

    private Conjunctions() {}

    /** Flattens the filters of a command, where that changes nothing in their meaning. */
    static void flatten(MongoMessage message) {
        Document command = message.getDocument();
        flattenFilters(command);
        for (String name : STATEMENTS) {
            if (command.get(name) instanceof Collection<?> statements) {
                statements.stream()
                        .filter(Document.class::isInstance)
                        .map(Document.class::cast)
                        .forEach(Conjunctions::flattenFilters);
            }
        }
    }

    private static void flattenFilters(Document holder) {
        for (String name : FILTERS) {
            if (holder.get(name) instanceof Document filter) {
                holder.put(name, flat(filter));
            }
        }
    }

    /** The same filter without {@code $and}, or itself if a member would be named twice. */
    static Document flat(Document filter) {
        if (!(filter.get(AND) instanceof Collection<?> parts)) {
            return filter;
        }
        Document flat = new Document();
        for (Map.Entry<String, Object> member : filter.entrySet()) {
            if (!member.getKey().equals(AND)) {
                flat.put(member.getKey(), member.getValue());
            }
        }
        for (Object part : parts) {
            if (!(part instanceof Document document)) {
                return filter;
            }
            for (Map.Entry<String, Object> member : flat(document).entrySet()) {
                if (flat.containsKey(member.getKey())) {
                    return filter;
                }
                flat.put(member.getKey(), member.getValue());
            }
        }
        return flat;
    }
}
