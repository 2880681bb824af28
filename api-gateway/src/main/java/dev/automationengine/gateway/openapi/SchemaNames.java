package dev.automationengine.gateway.openapi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Fits a service's schemas in among those of others: members as JSON names them, names that nobody else uses. */
final class SchemaNames {
    private static final String REF = "#/components/schemas/";

    private final Map<String, JsonNode> taken;

    SchemaNames(Map<String, JsonNode> taken) {
        this.taken = taken;
    }

    /** The document with its schemas and what refers to them renamed; the given one is left as it is. */
    JsonNode apply(String service, JsonNode part) {
        JsonNode copy = part.deepCopy();
        if (!(copy.at("/components/schemas") instanceof ObjectNode schemas)) {
            return copy;
        }
        schemas.values().forEach(SchemaNames::snakeCase);
        Map<String, String> renamed = renames(service, schemas);
        point(copy, renamed);
        renamed.forEach((from, to) -> schemas.set(to, schemas.remove(from)));
        return copy;
    }

    /** A schema gives way if another of its name differs, or if one that it refers to gives way. */
    private Map<String, String> renames(String service, ObjectNode schemas) {
        String prefix = service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
        Map<String, String> renamed = new HashMap<>();
        int before;
        do {
            before = renamed.size();
            schemas.properties().forEach(schema -> {
                JsonNode other = taken.get(schema.getKey());
                if (other != null && (!other.equals(schema.getValue()) || refersTo(schema.getValue(), renamed))) {
                    renamed.put(schema.getKey(), prefix + schema.getKey());
                }
            });
        } while (renamed.size() > before);
        return renamed;
    }

    private static boolean refersTo(JsonNode schema, Map<String, String> renamed) {
        return schema.findValues("$ref").stream()
                .anyMatch(ref -> renamed.containsKey(ref.asString("").replace(REF, "")));
    }

    private static void point(JsonNode node, Map<String, String> renamed) {
        if (node instanceof ObjectNode object) {
            String ref = object.path("$ref").asString("");
            String to = ref.startsWith(REF) ? renamed.get(ref.substring(REF.length())) : null;
            if (to != null) {
                object.put("$ref", REF + to);
            }
        }
        node.values().forEach(child -> point(child, renamed));
    }

    /** springdoc does not know the naming strategy of Jackson 3. */
    private static void snakeCase(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.get("properties") instanceof ObjectNode members) {
                ObjectNode named = object.objectNode();
                members.properties().forEach(member -> named.set(snake(member.getKey()), member.getValue()));
                object.set("properties", named);
            }
            if (object.get("required") instanceof ArrayNode required) {
                ArrayNode named = object.arrayNode();
                required.forEach(name -> named.add(StringNode.valueOf(snake(name.asString()))));
                object.set("required", named);
            }
        }
        schema.values().forEach(SchemaNames::snakeCase);
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
