package dev.automationengine.gateway.openapi;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
        shorten(copy, schemas);
        schemas.values().forEach(SchemaNames::snakeCase);
        Map<String, String> renamed = renames(service, schemas);
        rename(copy, schemas, renamed);
        return copy;
    }

    /** Two types of one service that would have one name are told apart by their packages. */
    private static void shorten(JsonNode document, ObjectNode schemas) {
        Map<String, List<String>> types =
                schemas.propertyNames().stream().collect(Collectors.groupingBy(TypeNames::of));
        Map<String, String> names = new LinkedHashMap<>();
        schemas.propertyNames().forEach(full -> {
            String name = TypeNames.of(full);
            boolean alone = types.getOrDefault(name, List.of()).size() == 1;
            names.put(full, alone ? name : TypeNames.withPackage(full));
        });
        rename(document, schemas, names);
    }

    private static void rename(JsonNode document, ObjectNode schemas, Map<String, String> names) {
        point(document, names);
        names.forEach((from, to) -> schemas.set(to, schemas.remove(from)));
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
            List.of("required", "x-present").forEach(list -> {
                if (object.get(list) instanceof ArrayNode names) {
                    ArrayNode named = object.arrayNode();
                    names.forEach(name -> named.add(StringNode.valueOf(snake(name.asString()))));
                    object.set(list, named);
                }
            });
        }
        schema.values().forEach(SchemaNames::snakeCase);
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
