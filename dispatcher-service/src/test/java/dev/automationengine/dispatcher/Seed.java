package dev.automationengine.dispatcher;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The workflow that everything is built for. */
public final class Seed {
    /** The form that it listens to. */
    public static final String FORM = "172036835026334";

    /** Its page. */
    public static final String PAGE = "5012345";

    /** As an author posts it. */
    public static final String JSON = """
            {"name": "New lead to CRM and WhatsApp", "is_active": true,
             "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "172036835026334"}},
             "steps": [
              {"id": "step_1", "type": "FILTER", "condition": {"field": "email", "operator": "NOT_NULL"}},
              {"id": "step_2", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["step_1"],
               "config": {"field_mapping": {"email": "{{ trigger.fields.email }}",
                                            "name": "{{ trigger.fields.full_name }}",
                                            "phone": "{{ trigger.fields.phone_number }}"}},
               "retry_policy": {"strategy": "exponential", "attempts": 3}},
              {"id": "step_3", "type": "ACTION", "action": "SEND_WHATSAPP", "depends_on": ["step_2"],
               "config": {"to": "{{ trigger.fields.phone_number }}",
                          "template": {"name": "lead_welcome", "language": "en_US",
                                       "parameters": ["{{ trigger.fields.full_name }}"]}}}]}
            """;

    private static final JsonMapper MAPPER = new JsonMapper();

    private Seed() {}

    /** The document as a map. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> document() {
        return MAPPER.readValue(JSON, Map.class);
    }

    /** Any document as a map. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(String json) {
        return MAPPER.readValue(json, Map.class);
    }

    /** A definition from JSON. */
    public static Definition parse(String json) {
        return new WorkflowParser(ActionCatalog.load()).parse(read(json));
    }
}
