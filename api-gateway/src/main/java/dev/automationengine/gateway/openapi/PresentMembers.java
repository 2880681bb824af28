package dev.automationengine.gateway.openapi;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the members that services call {@code x-present} required, in schemas that only answers use. In requests the
 * service's own validation tells what is required: much has a default.
 */
final class PresentMembers {
    private static final String REF = "#/components/schemas/";
    private static final String PRESENT = "x-present";

    private PresentMembers() {}

    static void settle(ObjectNode document) {
        JsonNode schemas = document.at("/components/schemas");
        Set<String> requests = new HashSet<>();
        document.path("paths")
                .forEach(item -> item.forEach(operation -> collect(operation.path("requestBody"), schemas, requests)));
        schemas.properties().forEach(schema -> {
            settle(schema.getValue(), !requests.contains(schema.getKey()));
        });
    }

    private static void collect(JsonNode node, JsonNode schemas, Set<String> found) {
        String ref = node.path("$ref").asString("");
        if (ref.startsWith(REF) && found.add(ref.substring(REF.length()))) {
            collect(schemas.path(ref.substring(REF.length())), schemas, found);
        }
        node.forEach(child -> collect(child, schemas, found));
    }

    private static void settle(JsonNode schema, boolean answersOnly) {
        if (schema instanceof ObjectNode object && object.remove(PRESENT) instanceof ArrayNode present && answersOnly) {
            Set<String> required = new LinkedHashSet<>();
            object.path("required").forEach(name -> required.add(name.asString()));
            present.forEach(name -> required.add(name.asString()));
            ArrayNode all = object.putArray("required");
            required.forEach(all::add);
        }
        schema.forEach(child -> settle(child, answersOnly));
    }
}
