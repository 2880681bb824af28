package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A row that somebody types into a Google sheet becomes a message in Slack. */
@ExtendWith(FleetExtension.class)
class SheetJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Fleet fleet;
    private final Tenant tenant;
    private final String name = "Joe " + ThreadLocalRandom.current().nextLong(1_000_000_000L);

    SheetJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Sheets");
        JsonNode google =
                Http.send("GET", fleet.simulator("/control/google"), null, null).body();
        tenant.credential(
                "google_sheets",
                Map.of(),
                Map.of(
                        "service_account_key",
                        google.required("service_account_key").asString()));
        tenant.credential(
                "slack", Map.of(), Map.of("bot_token", Objects.requireNonNull(DemoAccounts.KEYS.get(Vendor.SLACK))));
        tenant.control("/control/google", Map.of("quota", 10_000));
    }

    @AfterEach
    void off() {
        tenant.get("/v1/workflows")
                .body()
                .required("items")
                .forEach(workflow -> assertThat(tenant.call(
                                        "POST",
                                        "/v1/workflows/" + workflow.path("id").asString() + ":deactivate",
                                        Map.of())
                                .status())
                        .isLessThan(300));
    }

    private String workflow() {
        String id = tenant.workflow(Json.MAPPER.readTree("""
                {"name": "Row to Slack", "is_active": true,
                 "trigger": {"type": "POLL", "config": {"source": "google_sheets_rows",
                   "config": {"spreadsheet_id": "%s", "sheet": "%s"}}},
                 "steps": [
                  {"id": "tell", "type": "ACTION", "action": "SLACK_POST_MESSAGE",
                   "config": {"channel": "C1H9RESGL", "text": "New: {{ trigger.record.values.Name }}"},
                   "retry_policy": {"strategy": "fixed", "attempts": 10, "initial_delay": "PT0.5S"}}]}
                """.formatted(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET)));
        awaitLook();
        return id;
    }

    /** Returns when a look that ended later than now has succeeded. */
    private void awaitLook() {
        Instant now = Instant.now();
        await().atMost(SOON)
                .until(() -> tenant.get("/v1/polls/sources")
                        .body()
                        .required("items")
                        .valueStream()
                        .anyMatch(source -> source.path("failures").asInt() == 0
                                && source.has("last_run_at")
                                && Instant.parse(source.path("last_run_at").asString())
                                        .isAfter(now)));
    }

    private void type() {
        tenant.control("/control/google", Map.of("rows", List.of(List.of("1", name, "joe@example.com"))));
    }

    private List<String> posted() {
        return tenant.kept("slack").values().stream()
                .map(JsonNode::asString)
                .filter(message -> message.contains(name))
                .toList();
    }

    @Test
    void a_row_becomes_a_message_once() {
        String workflow = workflow();
        type();

        await().atMost(SOON).until(() -> !posted().isEmpty());
        awaitLook();
        awaitLook();
        assertThat(posted()).hasSize(1).first().asString().contains("New: " + name);
        assertThat(tenant.executions(workflow)).hasSize(1);
    }

    @Test
    void a_throttled_sheet_a_dead_poller_and_a_slack_that_is_away_delay_the_message_and_lose_nothing() {
        workflow();
        tenant.control("/control/faults/google", Map.of("status", 429, "times", 1, "match", "/v4/"));
        tenant.control("/control/faults/slack", Map.of("status", 503, "times", 2, "match", name));
        fleet.engine("kill", "polling-service");
        type();
        fleet.engine("restart", "polling-service");

        await().atMost(SOON).until(() -> !posted().isEmpty());
        awaitLook();
        assertThat(posted()).hasSize(1);
    }
}
