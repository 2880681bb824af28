package dev.automationengine.gateway.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes one OpenAPI 3.1 document of several: what is public, under names that are unique in the fleet. */
final class DocumentMerge {
    private final JsonMapper json;
    private final JsonNode head;
    private final Words words;

    DocumentMerge(JsonMapper json) {
        this.json = json;
        this.head = read("openapi/head.json");
        this.words = new Words(read("openapi/words.json"));
    }

    /**
     * Merges documents.
     *
     * @param parts the services' documents by the services' names; of two operations at the same place the first holds
     */
    ObjectNode merge(Map<String, JsonNode> parts) {
        TreeMap<String, ObjectNode> paths = new TreeMap<>();
        TreeMap<String, JsonNode> schemas = new TreeMap<>();
        head.at("/components/schemas").properties().forEach(e -> schemas.put(e.getKey(), e.getValue()));
        parts.forEach((service, part) -> {
            JsonNode own = new SchemaNames(schemas).apply(service, part);
            own.at("/components/schemas").properties().forEach(e -> schemas.put(e.getKey(), e.getValue()));
            own.path("paths").properties().stream()
                    .filter(path -> isPublic(path.getKey()))
                    .forEach(path -> addOperations(paths, path.getKey(), path.getValue()));
        });
        OperationNames names = new OperationNames();
        TreeSet<String> tags = new TreeSet<>();
        paths.forEach((path, item) -> item.properties().forEach(operation -> {
            if (operation.getValue() instanceof ObjectNode node) {
                describe(path, operation.getKey(), node, names);
                tags.add(tag(path));
            }
        }));
        return document(paths, schemas, tags);
    }

    private void describe(String path, String method, ObjectNode operation, OperationNames names) {
        String id = names.unique(operation.path("operationId").asString(""), method, path);
        operation.put("operationId", id);
        operation.putArray("tags").add(tag(path));
        if (operation.path("summary").asString("").isEmpty()) {
            operation.put("summary", OperationNames.words(id));
        }
        if (isForThirdParties(path)) {
            operation.putArray("security");
        }
        words.complete(path, operation);
    }

    private ObjectNode document(Map<String, ObjectNode> paths, Map<String, JsonNode> schemas, Set<String> tags) {
        ObjectNode document = (ObjectNode) head.deepCopy();
        tags.forEach(
                tag -> document.withArray("/tags").addObject().put("name", tag).put("description", words.tag(tag)));
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        ObjectNode named = document.withObject("/components").putObject("schemas");
        schemas.forEach((name, schema) -> named.set(name, schema.deepCopy()));
        PresentMembers.settle(document);
        return document;
    }

    private void addOperations(Map<String, ObjectNode> paths, String path, JsonNode item) {
        ObjectNode here = paths.computeIfAbsent(path, p -> json.createObjectNode());
        item.properties().forEach(operation -> here.putIfAbsent(operation.getKey(), operation.getValue()));
    }

    private JsonNode read(String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            return json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static boolean isPublic(String path) {
        return path.startsWith("/v1/") || isForThirdParties(path);
    }

    /** They have no token of ours: they call webhooks, and send people back from a consent. */
    private static boolean isForThirdParties(String path) {
        return path.startsWith("/webhooks/") || path.startsWith("/oauth/");
    }

    private static String tag(String path) {
        String[] segments = path.split("[/:]", 4);
        return path.startsWith("/v1/") ? segments[2] : segments[1];
    }
}
