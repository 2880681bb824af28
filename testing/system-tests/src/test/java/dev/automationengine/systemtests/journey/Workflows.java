package dev.automationengine.systemtests.journey;

import java.util.List;
import java.util.Map;

/** Workflow documents of the tests. */
final class Workflows {
    private Workflows() {}

    /** The seed's own workflow: a lead with an e-mail address goes to the CRM and is greeted by WhatsApp. */
    static Map<String, Object> seed(String formId) {
        return seed(formId, Map.of("strategy", "exponential", "attempts", 3, "initial_delay", "PT0.2S"));
    }

    static Map<String, Object> seed(String formId, Map<String, Object> retryPolicy) {
        return Map.of(
                "name",
                "New lead to CRM and WhatsApp",
                "is_active",
                true,
                "trigger",
                Map.of("type", "META_LEAD_AD", "config", Map.of("form_id", formId)),
                "steps",
                List.of(
                        Map.of(
                                "id", "step_1",
                                "type", "FILTER",
                                "condition", Map.of("field", "email", "operator", "NOT_NULL")),
                        Map.of(
                                "id",
                                "step_2",
                                "type",
                                "ACTION",
                                "action",
                                "CRM_INSERT",
                                "depends_on",
                                List.of("step_1"),
                                "config",
                                Map.of(
                                        "field_mapping",
                                        Map.of(
                                                "email", "{{ trigger.fields.email }}",
                                                "name", "{{ trigger.fields.full_name }}",
                                                "phone", "{{ trigger.fields.phone_number }}")),
                                "retry_policy",
                                retryPolicy),
                        Map.of(
                                "id", "step_3",
                                "type", "ACTION",
                                "action", "SEND_WHATSAPP",
                                "depends_on", List.of("step_2"),
                                "config",
                                        Map.of(
                                                "to",
                                                "{{ trigger.fields.phone_number }}",
                                                "template",
                                                Map.of(
                                                        "name", "lead_welcome",
                                                        "language", "en_US",
                                                        "parameters", List.of("{{ trigger.fields.full_name }}"))))));
    }

    /** A lead goes to the CRM after a while. */
    static Map<String, Object> afterDelay(String formId, String duration) {
        return Map.of(
                "name",
                "A moment later",
                "is_active",
                true,
                "trigger",
                Map.of("type", "META_LEAD_AD", "config", Map.of("form_id", formId)),
                "steps",
                List.of(
                        Map.of("id", "wait", "type", "DELAY", "duration", duration),
                        Map.of(
                                "id",
                                "crm",
                                "type",
                                "ACTION",
                                "action",
                                "CRM_INSERT",
                                "depends_on",
                                List.of("wait"),
                                "config",
                                Map.of("field_mapping", Map.of("email", "{{ trigger.fields.email }}")))));
    }

    /** Tells a third party of failures; of all of the organization's, or as the configuration of its trigger says. */
    static Map<String, Object> alarm(Map<String, Object> config, String url) {
        return Map.of(
                "name",
                "Tell us",
                "is_active",
                true,
                "trigger",
                Map.of("type", "ERROR", "config", config),
                "steps",
                List.of(Map.of(
                        "id",
                        "tell",
                        "type",
                        "ACTION",
                        "action",
                        "HTTP_REQUEST",
                        "config",
                        Map.of(
                                "method",
                                "PUT",
                                "url",
                                url,
                                "body",
                                Map.of(
                                        "execution", "{{ trigger.execution_id }}",
                                        "code", "{{ trigger.error.code }}",
                                        "email", "{{ trigger.trigger.fields.email }}")))));
    }

    /** A webhook call that passes a filter and two HTTP requests, the second with what the first answered. */
    static Map<String, Object> webhook(String path, String echoUrl) {
        return Map.of(
                "name",
                "Order to two systems",
                "is_active",
                true,
                "trigger",
                Map.of("type", "WEBHOOK", "config", Map.of("path", path)),
                "steps",
                List.of(
                        Map.of(
                                "id", "paid",
                                "type", "FILTER",
                                "condition",
                                        Map.of(
                                                "field", "body.status",
                                                "operator", "EQUALS",
                                                "value", "paid")),
                        Map.of(
                                "id", "first",
                                "type", "ACTION",
                                "action", "HTTP_REQUEST",
                                "depends_on", List.of("paid"),
                                "config",
                                        Map.of(
                                                "method",
                                                "POST",
                                                "url",
                                                echoUrl + "/first",
                                                "body",
                                                Map.of("order", "{{ trigger.body.order_id }}"))),
                        Map.of(
                                "id", "second",
                                "type", "ACTION",
                                "action", "HTTP_REQUEST",
                                "depends_on", List.of("first"),
                                "config",
                                        Map.of(
                                                "method",
                                                "POST",
                                                "url",
                                                echoUrl + "/second",
                                                "body",
                                                Map.of(
                                                        "status", "{{ steps.first.output.status }}",
                                                        "path", "{{ steps.first.output.body.path }}")))));
    }
}
