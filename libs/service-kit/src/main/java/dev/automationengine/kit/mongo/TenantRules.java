package dev.automationengine.kit.mongo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What a command may do to the data of organizations. Each answer is empty, or what is wrong; it never quotes a value.
 *
 * <p>A sharded cluster asks all shards where the organization is missing, and refuses (or asks all of them twice) where
 * one document is to be changed that is not named by the whole shard key.
 */
final class TenantRules {
    static final String ORG = "org_id";
    static final String ID = "_id";

    private static final BsonDocument EMPTY = new BsonDocument();

    /** Commands that touch documents or define what is unique; others are about servers, cursors and names. */
    private static final Set<String> CHECKED = Set.of(
            "find", "count", "distinct", "aggregate", "insert", "update", "delete", "findAndModify", "createIndexes");

    private static final Set<String> CHANGES = Set.of("update", "delete", "findAndModify");

    private TenantRules() {}

    /**
     * What is wrong with a command.
     *
     * @param name its name as the driver sends it
     * @param command the command
     */
    static Optional<String> violation(String name, BsonDocument command) {
        return switch (name) {
            case "bulkWrite", "mapReduce" -> wrong(name + " is not used here: it cannot be held to one organization");
            default ->
                CHECKED.contains(name) && command.isString(name)
                        ? EngineCollection.named(command.getString(name).getValue())
                                .map(collection -> violation(name, command, collection))
                                .orElseGet(() -> wrong("the collection is not in EngineCollection"))
                        : Optional.empty();
        };
    }

    private static Optional<String> violation(String name, BsonDocument command, EngineCollection collection) {
        return switch (collection.owner()) {
            case NOBODY -> Optional.empty();
            case DIRECTORY -> unlessSweep(inDirectory(name, command), name, command, collection);
            case TENANT ->
                collection == EngineCollection.AUDIT_LOG && CHANGES.contains(name)
                        ? wrong("the audit log is appended to and never changed")
                        : unlessSweep(ofTenant(name, command), name, command, collection);
        };
    }

    private static Optional<String> unlessSweep(
            Optional<String> violation, String name, BsonDocument command, EngineCollection collection) {
        return violation.isPresent() && isSweep(name, command, collection) ? Optional.empty() : violation;
    }

    private static boolean isSweep(String name, BsonDocument command, EngineCollection collection) {
        boolean reads = name.equals("find") || name.equals("count");
        return reads
                && command.isString("comment")
                && Sweep.marked(command.getString("comment").getValue())
                        .filter(sweep -> sweep.collection() == collection)
                        .isPresent();
    }

    private static Optional<String> ofTenant(String name, BsonDocument command) {
        return switch (name) {
            case "find" -> read(command.getDocument("filter", EMPTY));
            case "count", "distinct" -> read(command.getDocument("query", EMPTY));
            case "aggregate" -> aggregate(documents(command, "pipeline"));
            case "insert" -> first(documents(command, "documents").stream().map(TenantRules::inserted));
            case "update" -> first(documents(command, "updates").stream().map(TenantRules::updated));
            case "delete" -> first(documents(command, "deletes").stream().map(TenantRules::deleted));
            case "findAndModify" ->
                one(command.getDocument("query", EMPTY)).or(() -> change(command.get("update", EMPTY)));
            default -> first(documents(command, "indexes").stream().map(TenantRules::indexed));
        };
    }

    private static Optional<String> inDirectory(String name, BsonDocument command) {
        return switch (name) {
            case "find" -> entry(command.getDocument("filter", EMPTY));
            case "count", "distinct", "findAndModify" -> entry(command.getDocument("query", EMPTY));
            case "aggregate" -> wrong("a directory is not searched");
            case "update" -> first(documents(command, "updates").stream().map(each -> entry(each.getDocument("q"))));
            case "delete" -> first(documents(command, "deletes").stream().map(each -> entry(each.getDocument("q"))));
            default -> Optional.empty();
        };
    }

    private static Optional<String> entry(BsonDocument filter) {
        return Pin.of(filter, ID) == Pin.NONE && Pin.of(filter, ORG) == Pin.NONE
                ? wrong("a directory is read by _id or within an organization")
                : Optional.empty();
    }

    private static Optional<String> read(BsonDocument filter) {
        return Pin.of(filter, ORG) == Pin.NONE ? wrong("no org_id in the filter") : Optional.empty();
    }

    private static Optional<String> one(BsonDocument filter) {
        return Pin.of(filter, ORG) == Pin.ONE && Pin.of(filter, ID) == Pin.ONE
                ? Optional.empty()
                : wrong("one document is changed, and the filter does not name it by org_id and _id");
    }

    private static Optional<String> aggregate(List<BsonDocument> pipeline) {
        if (pipeline.isEmpty() || !pipeline.getFirst().isDocument("$match")) {
            return wrong("the first stage is not a $match with org_id");
        }
        boolean leaves = pipeline.stream()
                .anyMatch(stage -> Set.of("$lookup", "$graphLookup", "$unionWith", "$out", "$merge", "$facet")
                        .contains(stage.getFirstKey()));
        return leaves
                ? wrong("a stage leaves the documents of the $match")
                : read(pipeline.getFirst().getDocument("$match"));
    }

    private static Optional<String> inserted(BsonDocument document) {
        return document.isString(ORG) ? Optional.empty() : wrong("a document without org_id is inserted");
    }

    private static Optional<String> updated(BsonDocument update) {
        BsonDocument filter = update.getDocument("q");
        Optional<String> found = update.getBoolean("multi", BsonBoolean.FALSE).getValue() ? read(filter) : one(filter);
        Optional<String> upsert =
                update.getBoolean("upsert", BsonBoolean.FALSE).getValue() ? one(filter) : Optional.empty();
        return found.or(() -> upsert).or(() -> change(update.get("u", EMPTY)));
    }

    private static Optional<String> change(BsonValue change) {
        if (!change.isDocument()) {
            return wrong("an update is a pipeline");
        }
        BsonDocument document = change.asDocument();
        if (document.isEmpty() || !document.getFirstKey().startsWith("$")) {
            return document.isEmpty() ? Optional.empty() : inserted(document);
        }
        // An upsert takes its organization from the filter: $setOnInsert needs not repeat it.
        boolean moves = document.values().stream()
                .anyMatch(
                        members -> members.isDocument() && members.asDocument().containsKey(ORG));
        return moves ? wrong("an update sets org_id") : Optional.empty();
    }

    private static Optional<String> deleted(BsonDocument delete) {
        boolean single = delete.getNumber("limit", new BsonInt32(0)).intValue() == 1;
        return single ? one(delete.getDocument("q")) : read(delete.getDocument("q"));
    }

    private static Optional<String> indexed(BsonDocument index) {
        List<String> keys = List.copyOf(index.getDocument("key").keySet());
        boolean unique = index.getBoolean("unique", BsonBoolean.FALSE).getValue();
        return unique && !(keys.size() >= 2 && keys.subList(0, 2).equals(List.of(ORG, ID)))
                ? wrong("a unique index does not begin with the shard key: it cannot be unique in the cluster")
                : Optional.empty();
    }

    private static List<BsonDocument> documents(BsonDocument command, String member) {
        return command.isArray(member)
                ? command.getArray(member).stream().map(BsonValue::asDocument).toList()
                : List.of();
    }

    private static Optional<String> first(Stream<Optional<String>> violations) {
        return violations.flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> wrong(String text) {
        return Optional.of(text);
    }

    /** The collection of a command, for people; {@code -} if it has none. */
    static String collection(String name, BsonDocument command) {
        return command.get(name, new BsonString("-")).isString()
                ? command.getString(name, new BsonString("-")).getValue()
                : "-";
    }
}
