package dev.automationengine.kit.schema;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** The part of JSON Schema that an input may be described with. */
final class SchemaSubset {
    private static final int DEEPEST = 10;
    private static final Set<String> ONE_SCHEMA = Set.of("items", "additionalProperties", "not", "contains");
    private static final Set<String> SCHEMAS = Set.of("anyOf", "allOf", "oneOf", "prefixItems");
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "format",
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf");

    private final BiConsumer<String, String> findings;
    private boolean holds = true;

    private SchemaSubset(BiConsumer<String, String> findings) {
        this.findings = findings;
    }

    static boolean holds(JsonNode schema, BiConsumer<String, String> findings) {
        SchemaSubset subset = new SchemaSubset(findings);
        subset.visit(schema, "", 1);
        return subset.holds;
    }

    private void visit(JsonNode schema, String pointer, int depth) {
        if (schema.isBoolean() && depth > 1) {
            return;
        }
        if (!schema.isObject()) {
            add(pointer, "must be a JSON Schema: an object");
            return;
        }
        if (depth > DEEPEST) {
            add(pointer, "is nested more than " + DEEPEST + " deep");
            return;
        }
        schema.propertyStream().forEach(member -> {
            String name = member.getKey();
            String place = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (ONE_SCHEMA.contains(name)) {
                visit(member.getValue(), place, depth + 1);
            } else if (SCHEMAS.contains(name)) {
                visitAll(member.getValue(), place, depth + 1);
            } else if (!KEYWORDS.contains(name)) {
                add(place, "is not taken here; known are " + known());
            }
        });
        schema.path("properties")
                .propertyStream()
                .forEach(property -> visit(
                        property.getValue(),
                        pointer + "/properties/"
                                + property.getKey().replace("~", "~0").replace("/", "~1"),
                        depth + 1));
    }

    private void visitAll(JsonNode schemas, String pointer, int depth) {
        for (int i = 0; i < schemas.size(); i++) {
            visit(schemas.path(i), pointer + "/" + i, depth);
        }
    }

    private void add(String pointer, String reason) {
        holds = false;
        findings.accept(pointer, reason);
    }

    private static String known() {
        Set<String> known = new TreeSet<>(KEYWORDS);
        known.addAll(ONE_SCHEMA);
        known.addAll(SCHEMAS);
        return String.join(", ", known);
    }
}
