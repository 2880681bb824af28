package dev.automationengine.connectors.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the fields of a configuration as a JSON Schema, for forms and editors. A template may stand in place of any
 * value: what it becomes is known when the step runs.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
final class ConfigSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Map<String, Object> TEMPLATE = Map.of("type", "string", "pattern", "\\{\\{");

    private ConfigSchema() {}

    static Map<String, Object> of(List<InputField> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), property(field)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                fields.stream()
                        .filter(InputField::required)
                        .map(InputField::name)
                        .toList());
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(InputField field) {
        Map<String, Object> value = new LinkedHashMap<>();
        if (field.type() != InputField.Type.ANY) {
            value.put("type", field.type().name().toLowerCase(Locale.ROOT));
        }
        if (!field.values().isEmpty()) {
            value.put("enum", field.values());
        }
        boolean anyText =
                field.type() == InputField.Type.STRING && field.values().isEmpty();
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", field.description());
        if (anyText || value.isEmpty()) {
            property.putAll(value);
        } else {
            property.put("anyOf", List.of(value, TEMPLATE));
        }
        return property;
    }
}
