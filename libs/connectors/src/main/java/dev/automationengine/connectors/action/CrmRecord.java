package dev.automationengine.connectors.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies that write one record to a CRM: the fields of {@code field_mapping}, and the owner where one is named. */
final class CrmRecord {
    private static final String DEFAULT_KEY = "email";

    private CrmRecord() {}

    /** HubSpot's batch upsert by a unique property. All values are texts, as HubSpot wants them. */
    static Map<String, @Nullable Object> hubSpot(ActionCall call) {
        Object named = call.input().get("id_property");
        String key = named == null ? DEFAULT_KEY : BodyBuilder.text(named, "id_property");
        Map<String, Object> properties = new LinkedHashMap<>();
        fields(call).forEach((name, value) -> properties.put(name, String.valueOf(value)));
        Object owner = call.input().get("owner_id");
        if (owner != null) {
            properties.put("hubspot_owner_id", owner.toString());
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("id", BodyBuilder.text(properties.get(key), "field_mapping." + key));
        input.put("idProperty", key);
        input.put("objectWriteTraceId", call.effectKey());
        input.put("properties", properties);
        return body("inputs", List.of(input));
    }

    /** Salesforce's upsert: the external id stands in the path, and must not be in the body. */
    static Map<String, @Nullable Object> salesforce(ActionCall call) {
        // They are parts of the path: an empty one would name another resource.
        BodyBuilder.text(call.input().get("object"), "object");
        BodyBuilder.text(call.input().get("external_id"), "external_id");
        String key = BodyBuilder.text(call.input().get("external_id_field"), "external_id_field");
        Map<String, @Nullable Object> body = fields(call);
        body.remove(key);
        Object owner = call.input().get("owner_id");
        if (owner != null) {
            body.put("OwnerId", owner);
        }
        return body;
    }

    /** Zoho's upsert of one record. */
    static Map<String, @Nullable Object> zoho(ActionCall call) {
        BodyBuilder.text(call.input().get("module"), "module");
        Map<String, @Nullable Object> fields = fields(call);
        Object owner = call.input().get("owner_id");
        if (owner != null) {
            fields.put("Owner", Map.of("id", owner));
        }
        Map<String, @Nullable Object> body = body("data", List.of(fields));
        body.put("duplicate_check_fields", keys(call, fields));
        // Without this member Zoho runs the account's workflows; with an empty list it does not.
        if (Boolean.FALSE.equals(call.input().get("run_workflows"))) {
            body.put("trigger", List.of());
        }
        return body;
    }

    /** Zoho finds nothing by fields that are not there: it would make the record again at each attempt. */
    private static List<?> keys(ActionCall call, Map<String, @Nullable Object> fields) {
        if (!(call.input().get("duplicate_check_fields") instanceof List<?> keys)
                || keys.stream().noneMatch(key -> fields.containsKey(String.valueOf(key)))) {
            throw new InvalidInputException(
                    "name at least one field in duplicate_check_fields that field_mapping fills");
        }
        return keys;
    }

    private static Map<String, @Nullable Object> fields(ActionCall call) {
        if (!(call.input().get("field_mapping") instanceof Map<?, ?> fields)) {
            throw new InvalidInputException("field_mapping must be an object");
        }
        return TemplatedAction.withoutNulls(fields);
    }

    private static Map<String, @Nullable Object> body(String name, Object value) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(name, value);
        return body;
    }
}
