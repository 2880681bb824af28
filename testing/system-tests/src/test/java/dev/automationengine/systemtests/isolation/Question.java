package dev.automationengine.systemtests.isolation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request for an operation that is right in everything, but that every id in it is the victim's.
 *
 * @param method the method
 * @param path path and query
 * @param body the body; null if the operation has none
 */
record Question(String method, String path, @Nullable Object body) {
    /** Lists that can be asked for what belongs to something. */
    private static final Map<String, String> FILTERED = Map.of(
            "GET /v1/executions", "?workflow_id={workflow}",
            "GET /v1/dead-letters", "?workflow_id={workflow}",
            "GET /v1/workflows/{id}/versions/{version}:diff", "?to=1");

    /** The question for an operation as the OpenAPI document names it. */
    static Question of(String operation, Victim victim) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1);
        String filled = path.replace("{version}", "1")
                .replace("{workflow_id}", victim.schedule())
                .replace("{id}", idUnder(path, victim))
                .replace("{org}", victim.tenant().id())
                .replace("{path}", "nowhere")
                .replace("{connector}", "crm-http")
                .replace("{token}", "forged");
        if (filled.contains("{")) {
            throw new IllegalStateException("which id of the victim goes into " + operation + "?");
        }
        String query = FILTERED.getOrDefault(operation, "").replace("{workflow}", victim.workflow());
        Object body = bodies(victim).get(operation);
        boolean writes = !method.equals("GET") && !method.equals("DELETE");
        return new Question(method, filled + query, body == null && writes ? Map.of() : body);
    }

    private static String idUnder(String path, Victim victim) {
        TreeMap<String, String> ids = new TreeMap<>(Map.ofEntries(
                Map.entry("/v1/workflows/", victim.workflow()),
                Map.entry("/v1/executions/", victim.execution()),
                Map.entry("/v1/events/", victim.event()),
                Map.entry("/v1/dead-letters/", victim.deadLetter()),
                Map.entry("/v1/credentials/", victim.credential()),
                Map.entry("/v1/connections/", victim.credential()),
                Map.entry("/v1/leads/", victim.lead()),
                Map.entry("/v1/api-keys/", victim.apiKey()),
                Map.entry("/v1/organizations/", victim.tenant().id()),
                Map.entry("/v1/users/", victim.user()),
                Map.entry("/v1/invitations/", victim.invitation()),
                Map.entry("/v1/replays/", victim.replay()),
                Map.entry("/v1/privacy/requests/", victim.subjectRequest())));
        return ids.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("{id}");
    }

    private static Map<String, Object> bodies(Victim victim) {
        Map<String, Object> workflow = workflow(victim);
        Map<String, Object> filter = Map.of("workflow_id", victim.workflow());
        String hourAgo = Instant.now().minus(Duration.ofHours(1)).toString();
        return Map.ofEntries(
                Map.entry("POST /v1/workflows", workflow),
                Map.entry("PUT /v1/organizations/current/retention", Map.of("days", Map.of("events", 9))),
                Map.entry("PUT /v1/workflows/{id}", Victim.harmless("Stranger")),
                Map.entry("POST /v1/workflows:validate", workflow),
                Map.entry(
                        "POST /v1/workflows:import",
                        Map.of("format", "automation-engine/workflow/v1", "workflow", workflow)),
                Map.entry("POST /v1/workflows:test", Map.of("definition", workflow, "event_id", victim.event())),
                Map.entry("POST /v1/workflows/{id}:run", Map.of("input", Map.of())),
                Map.entry("POST /v1/workflows/{id}:test-step", Map.of("step", "send", "confirm_effects", true)),
                Map.entry(
                        "POST /v1/workflows/{id}:replay",
                        Map.of("from", hourAgo, "mode", "live", "confirm_effects", true)),
                Map.entry("POST /v1/dead-letters/{id}:discard", Map.of("reason", "theft")),
                Map.entry("POST /v1/dead-letters:redrive", Map.of("filter", filter)),
                Map.entry("POST /v1/dead-letters:discard", Map.of("filter", filter, "reason", "theft")),
                Map.entry("POST /v1/credentials", Victim.credential("Stranger")),
                Map.entry("PUT /v1/credentials/{id}", Victim.credential("Stranger")),
                Map.entry("POST /v1/api-keys", Map.of("name", "Stranger")),
                Map.entry("PATCH /v1/users/{id}", Map.of("role", "viewer")),
                Map.entry("POST /v1/invitations", Map.of("email", "guest@example.com", "role", "viewer")),
                Map.entry(
                        "POST /v1/invitations:accept",
                        Map.of("token", "forged", "name", "Thief", "password", "a long password")),
                Map.entry(
                        "POST /v1/setup",
                        Map.of(
                                "token",
                                "forged",
                                "organization",
                                "Thief",
                                "owner",
                                Map.of("email", "thief@example.com", "name", "Thief", "password", "a long password"))),
                Map.entry("PATCH /v1/organizations/current", Map.of("name", "Stranger")),
                Map.entry("POST /v1/organizations", Map.of("name", "Stranger")),
                Map.entry("PUT /v1/organizations/{id}/plan", Map.of("plan", "business")),
                Map.entry("POST /v1/auth/login", Map.of("email", "nobody@example.com", "password", "a long password")),
                Map.entry("POST /v1/auth/refresh", Map.of("refresh_token", "forged")),
                Map.entry("POST /v1/auth/logout", Map.of("refresh_token", "forged")),
                Map.entry(
                        "PUT /v1/me/password",
                        Map.of("current_password", "a long password", "new_password", "another long password")));
    }

    private static Map<String, Object> workflow(Victim victim) {
        return Map.of(
                "name",
                "Stranger",
                "is_active",
                true,
                "trigger",
                Map.of("type", "WEBHOOK", "config", Map.of("path", "strange")),
                "steps",
                List.of(Map.of(
                        "id",
                        "steal",
                        "type",
                        "ACTION",
                        "action",
                        "CRM_INSERT",
                        "credential_id",
                        victim.credential(),
                        "config",
                        Map.of("field_mapping", Map.of("email", "{{ trigger.body.email }}")))));
    }
}
