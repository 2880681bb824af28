package dev.automationengine.localstack.demo;

import static dev.automationengine.localstack.simulator.DemoAccounts.CRM_KEY;
import static dev.automationengine.localstack.simulator.DemoAccounts.FORM;
import static dev.automationengine.localstack.simulator.DemoAccounts.PAGE;
import static dev.automationengine.localstack.simulator.DemoAccounts.PAGE_TOKEN;
import static dev.automationengine.localstack.simulator.DemoAccounts.PHONE_NUMBER_ID;
import static dev.automationengine.localstack.simulator.DemoAccounts.WHATSAPP_TOKEN;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The workflow that everything is built for, with its credentials: a lead goes to the CRM, then gets a WhatsApp. */
public final class SeedWorkflow {
    private static final String NAME = "New lead to CRM and WhatsApp";
    private static final String DEFINITION = """
            {"name": "%s", "is_active": true,
             "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
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

    private final EngineClient engine;
    private final String crmUrl;
    private final String formId;

    /**
     * The workflow of one organization, for the demo's lead form.
     *
     * @param engine speaks with the organization's key
     * @param crmUrl where the CRM is
     */
    public SeedWorkflow(EngineClient engine, String crmUrl) {
        this(engine, crmUrl, FORM);
    }

    /**
     * The workflow of one organization.
     *
     * @param engine speaks with the organization's key
     * @param crmUrl where the CRM is
     * @param formId the lead form of the demo's page that it listens to
     */
    public SeedWorkflow(EngineClient engine, String crmUrl, String formId) {
        this.engine = engine;
        this.crmUrl = crmUrl;
        this.formId = formId;
    }

    /** Creates credentials and workflow unless they are there, and returns the workflow's id. */
    public String ensure() {
        Set<String> kinds = engine.get("/v1/credentials?limit=200")
                .path("items")
                .valueStream()
                .map(credential -> credential.path("kind").asString())
                .collect(Collectors.toSet());
        credential(kinds, "meta_page", Map.of("page_id", PAGE), Map.of("access_token", PAGE_TOKEN));
        credential(
                kinds, "whatsapp", Map.of("phone_number_id", PHONE_NUMBER_ID), Map.of("access_token", WHATSAPP_TOKEN));
        credential(kinds, "crm_http", Map.of("base_url", crmUrl), Map.of("api_key", CRM_KEY));
        return engine.get("/v1/workflows?limit=200")
                .path("items")
                .valueStream()
                .filter(workflow -> workflow.path("name").asString().equals(NAME))
                .findFirst()
                .map(SeedWorkflow::id)
                .orElseGet(() ->
                        id(engine.post("/v1/workflows", EngineClient.json(DEFINITION.formatted(NAME, formId)), 201)));
    }

    private void credential(
            Set<String> existing, String kind, Map<String, String> attributes, Map<String, String> secrets) {
        if (!existing.contains(kind)) {
            engine.post(
                    "/v1/credentials",
                    Map.of("kind", kind, "name", "Demo " + kind, "attributes", attributes, "secrets", secrets),
                    201);
        }
    }

    private static String id(JsonNode workflow) {
        return workflow.path("id").asString();
    }
}
