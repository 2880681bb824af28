package dev.automationengine.systemtests.faults;

import dev.automationengine.systemtests.fleet.Json;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** What runs for the leads of the suite. Long retries: an outage of half a minute is no reason to give up. */
final class FaultWorkflows {
    private static final String ACTIONS = """
            {"name": "Lead to CRM and WhatsApp", "is_active": true,
             "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
             "steps": [
               {"id": "contact", "type": "ACTION", "action": "CRM_INSERT",
                "config": {"field_mapping": {"email": "{{ trigger.fields.email }}",
                                             "name": "{{ trigger.fields.full_name }}",
                                             "phone": "{{ trigger.fields.phone_number }}"}},
                "retry_policy": {"strategy": "exponential", "attempts": 5}},
               {"id": "message", "type": "ACTION", "action": "SEND_WHATSAPP", "depends_on": ["contact"],
                "config": {"to": "{{ trigger.fields.phone_number }}",
                           "template": {"name": "lead_welcome", "language": "en_US",
                                        "parameters": ["{{ trigger.fields.full_name }}"]}}}]}
            """;
    private static final String PUTS = """
            {"name": "Lead to two documents", "is_active": true,
             "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%1$s"}},
             "steps": [
               {"id": "first", "type": "ACTION", "action": "HTTP_REQUEST",
                "config": {"method": "PUT", "url": "%2$s/first/{{ trigger.lead_id }}",
                           "body": {"lead": "{{ trigger.lead_id }}"}},
                "retry_policy": {"strategy": "exponential", "attempts": 5}},
               {"id": "second", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["first"],
                "config": {"method": "PUT", "url": "%2$s/second/{{ trigger.lead_id }}",
                           "body": {"lead": "{{ trigger.lead_id }}", "after": "{{ steps.first.output.status }}"}},
                "retry_policy": {"strategy": "exponential", "attempts": 5}}]}
            """;

    private FaultWorkflows() {}

    /** A keyed action, then one that must not be repeated. */
    static Map<String, Object> contactAndMessage(String formId) {
        return parsed(ACTIONS.formatted(formId));
    }

    /** Two idempotent actions. */
    static Map<String, Object> documents(String formId, String echoUrl) {
        return parsed(PUTS.formatted(formId, echoUrl));
    }

    private static Map<String, Object> parsed(String json) {
        return Json.MAPPER.readValue(json, new TypeReference<>() {});
    }
}
