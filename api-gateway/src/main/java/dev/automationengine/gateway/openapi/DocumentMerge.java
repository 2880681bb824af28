package dev.automationengine.gateway.openapi;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes one OpenAPI 3.1 document of several: what is public, under names that are unique in the fleet. */
final class DocumentMerge {
    private static final String PROBLEM = """
            {"type": "object", "description": "What went wrong (RFC 9457)", "required": ["type", "title", "status"],
             "properties": {
              "type": {"type": "string", "format": "uri"}, "title": {"type": "string"},
              "status": {"type": "integer", "format": "int32"}, "detail": {"type": "string"},
              "instance": {"type": "string"},
              "errors": {"type": "array", "items": {"type": "object", "required": ["pointer", "detail"],
               "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}}}}}}""";
    private static final String PROBLEM_RESPONSE = """
            {"description": "It could not be done",
             "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}""";
    private static final String HEAD = """
            {"openapi": "3.1.0",
             "info": {"title": "Automation Engine", "version": "1",
              "description": "Workflows, what runs, and what ran. Errors are problems (RFC 9457)."},
             "servers": [{"url": "/"}],
             "security": [{"api_key": []}]}""";
    private static final String SCHEME = """
            {"type": "http", "scheme": "bearer", "description": "An API key: ae_..."}""";

    private final JsonMapper json;

    DocumentMerge(JsonMapper json) {
        this.json = json;
    }

    /**
     * Merges documents.
     *
     * @param parts the services' documents by the services' names; of two operations at the same place the first holds
     */
    ObjectNode merge(Map<String, JsonNode> parts) {
        TreeMap<String, ObjectNode> paths = new TreeMap<>();
        TreeMap<String, JsonNode> schemas = new TreeMap<>();
        schemas.put("Problem", json.readTree(PROBLEM));
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
                describe(path, node, names);
                tags.add(tag(path));
            }
        }));
        return document(paths, schemas, tags);
    }

    private void describe(String path, ObjectNode operation, OperationNames names) {
        String id = names.unique(operation.path("operationId").asString(""), path);
        operation.put("operationId", id);
        operation.putArray("tags").add(tag(path));
        if (operation.path("summary").asString("").isEmpty()) {
            operation.put("summary", OperationNames.words(id));
        }
        if (path.startsWith("/webhooks")) {
            operation.putArray("security");
        }
        if (operation.withObject("/responses") instanceof ObjectNode responses) {
            // What springdoc takes from the advice tells nothing of the operation.
            responses.propertyNames().stream()
                    .filter(status -> status.startsWith("4") || status.startsWith("5"))
                    .toList()
                    .forEach(responses::remove);
            responses.putObject("default").put("$ref", "#/components/responses/Problem");
        }
    }

    private ObjectNode document(Map<String, ObjectNode> paths, Map<String, JsonNode> schemas, Set<String> tags) {
        ObjectNode document = (ObjectNode) json.readTree(HEAD);
        tags.forEach(tag -> document.withArray("/tags").addObject().put("name", tag));
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        ObjectNode components = document.putObject("components");
        ObjectNode named = components.putObject("schemas");
        schemas.forEach(named::set);
        components.putObject("responses").set("Problem", json.readTree(PROBLEM_RESPONSE));
        components.putObject("securitySchemes").set("api_key", json.readTree(SCHEME));
        return document;
    }

    private void addOperations(Map<String, ObjectNode> paths, String path, JsonNode item) {
        ObjectNode here = paths.computeIfAbsent(path, p -> json.createObjectNode());
        item.properties().forEach(operation -> here.putIfAbsent(operation.getKey(), operation.getValue()));
    }

    private static boolean isPublic(String path) {
        return path.startsWith("/v1/") || path.startsWith("/webhooks/");
    }

    private static String tag(String path) {
        String[] segments = path.split("[/:]", 4);
        return path.startsWith("/v1/") ? segments[2] : segments[1];
    }
}
