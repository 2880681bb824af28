package dev.automationengine.systemtests.isolation;

import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * An organization that has one of everything, each with {@link #MARK} in it, so that an answer to somebody else that
 * contains it has leaked.
 */
record Victim(
        Tenant tenant,
        String workflow,
        String schedule,
        String execution,
        String event,
        String deadLetter,
        String credential,
        String apiKey,
        String user,
        String invitation,
        String replay,
        String lead,
        String subjectRequest) {
    /** Stands in what the victim owns, and in no request of anybody else. */
    static final String MARK = "Zq7Victim";

    /** What repeats ids that the caller itself has sent. */
    private static final Set<String> ECHOES =
            Set.of("POST /v1/workflows:validate", "GET /v1/audit-log", "GET /v1/audit-log:export");

    private static final Duration SOON = Duration.ofSeconds(40);

    static Victim in(Fleet fleet) {
        Tenant tenant = fleet.tenant(
                MARK,
                Map.of("email", "owner@" + MARK + ".example", "name", MARK, "password", "a long password of " + MARK));
        String workflow = tenant.workflow(failing("http://127.0.0.1:9/" + MARK));
        String schedule = tenant.workflow(harmless(MARK));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(workflow)
                        && tenant.get("/v1/schedules/" + schedule).status() == 200);
        JsonNode run = made(tenant, "/v1/workflows/" + workflow + ":run", Map.of("input", Map.of("name", MARK)));
        JsonNode letter = await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .until(tenant::deadLetters, letters -> !letters.isEmpty())
                .getFirst();
        String execution = run.required("execution_id").asString();
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() ->
                        tenant.execution(execution).path("status").asString("").equals("failed"));
        JsonNode replay = made(
                tenant,
                "/v1/workflows/" + workflow + ":replay",
                Map.of("from", Instant.now().minus(Duration.ofHours(1)).toString(), "mode", "shadow"));
        String replayId = replay.required("id").asString();
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> tenant.get("/v1/replays/" + replayId)
                        .body()
                        .path("status")
                        .asString("")
                        .equals("completed"));
        return new Victim(
                tenant,
                workflow,
                schedule,
                execution,
                run.required("event_id").asString(),
                letter.required("id").asString(),
                made(tenant, "/v1/credentials", credential(MARK)).required("id").asString(),
                made(tenant, "/v1/api-keys", Map.of("name", MARK))
                        .required("id")
                        .asString(),
                tenant.get("/v1/users").body().at("/items/0/id").asString(),
                made(tenant, "/v1/invitations", Map.of("email", "guest@" + MARK + ".example", "role", "viewer"))
                        .required("id")
                        .asString(),
                replayId,
                lead(tenant),
                made(
                                tenant,
                                "/v1/privacy/requests",
                                Map.of("kind", "search", "emails", List.of("nobody@" + MARK + ".example")))
                        .required("id")
                        .asString());
    }

    /** A lead that has come by Meta's webhook and is in the ledger; its workflow lets it pass and does nothing. */
    private static String lead(Tenant tenant) {
        tenant.connected();
        String workflow = tenant.workflow(Map.of(
                "name",
                MARK,
                "is_active",
                true,
                "trigger",
                Map.of("type", "META_LEAD_AD", "config", Map.of("form_id", tenant.formId())),
                "steps",
                List.of(Map.of(
                        "id",
                        "any",
                        "type",
                        "FILTER",
                        "condition",
                        Map.of("field", "email", "operator", "NOT_NULL")))));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(workflow));
        TestLead lead = tenant.lead();
        tenant.deliver(TestLead.delivery(lead));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> tenant.get("/v1/leads/" + lead.id())
                        .body()
                        .path("state")
                        .asString("")
                        .equals("delivered"));
        return lead.id();
    }

    /** Everything that the victim owns, as the victim sees it. */
    Map<String, String> everything() {
        return List.of(
                        "/v1/workflows",
                        "/v1/workflows/" + workflow,
                        "/v1/workflows/" + workflow + "/versions",
                        "/v1/workflows/" + schedule,
                        "/v1/schedules/" + schedule,
                        "/v1/executions",
                        "/v1/executions/" + execution,
                        "/v1/events",
                        "/v1/events/" + event,
                        "/v1/dead-letters/" + deadLetter,
                        "/v1/credentials/" + credential,
                        "/v1/api-keys",
                        "/v1/users/" + user,
                        "/v1/invitations",
                        "/v1/replays/" + replay,
                        "/v1/leads/" + lead,
                        "/v1/organizations/current")
                .stream()
                .collect(Collectors.toMap(path -> path, this::read, (a, b) -> a, LinkedHashMap::new));
    }

    /** Whether an answer to somebody else shows something of the victim. */
    boolean isIn(String operation, Http.Answer answer) {
        // A refusal may repeat the id that it was asked for.
        return answer.text().contains(MARK)
                || (answer.status() == 200
                        && !ECHOES.contains(operation)
                        && ids().stream().anyMatch(answer.text()::contains));
    }

    private List<String> ids() {
        return List.of(
                tenant.id(),
                workflow,
                schedule,
                execution,
                event,
                lead,
                deadLetter,
                credential,
                apiKey,
                user,
                invitation,
                replay,
                subjectRequest);
    }

    private String read(String path) {
        Http.Answer answer = tenant.get(path);
        if (answer.status() != 200 || ids().stream().noneMatch(answer.text()::contains)) {
            throw new IllegalStateException("the victim itself does not see " + path + ": " + answer.text());
        }
        // Keys are used by asking.
        return answer.text().replaceAll(",?\"last_used_at\":(\"[^\"]*\"|null)", "");
    }

    private static JsonNode made(Tenant tenant, String path, Object body) {
        Http.Answer answer = tenant.call("POST", path, body);
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("not made: " + path + " " + answer.text());
        }
        return answer.body();
    }

    static Map<String, Object> credential(String name) {
        return Map.of(
                "kind",
                "crm_http",
                "name",
                name,
                "attributes",
                Map.of("base_url", "https://crm.example"),
                "secrets",
                Map.of("api_key", name));
    }

    /** A workflow whose one step fails at once and for good. */
    static Map<String, Object> failing(String url) {
        return Map.of(
                "name",
                MARK,
                "is_active",
                true,
                "trigger",
                Map.of("type", "WEBHOOK", "config", Map.of("path", "orders")),
                "steps",
                List.of(Map.of(
                        "id",
                        "send",
                        "type",
                        "ACTION",
                        "action",
                        "HTTP_REQUEST",
                        "retry_policy",
                        Map.of("attempts", 1),
                        "config",
                        Map.of("method", "GET", "url", url))));
    }

    /** A workflow that waits once a year. */
    static Map<String, Object> harmless(String name) {
        return Map.of(
                "name",
                name,
                "is_active",
                true,
                "trigger",
                Map.of("type", "SCHEDULE", "config", Map.of("cron", "0 0 0 1 1 *")),
                "steps",
                List.of(Map.of("id", "wait", "type", "DELAY", "duration", "PT1S")));
    }
}
