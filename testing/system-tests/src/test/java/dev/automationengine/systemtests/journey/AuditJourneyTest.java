package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The audit log knows of every change, also of those that the gateway died over. */
@ExtendWith(FleetExtension.class)
class AuditJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int AT_ONCE = 4;
    private static final Map<String, Object> CREDENTIAL = Map.of(
            "kind",
            "crm_http",
            "name",
            "Audited",
            "attributes",
            Map.of("base_url", "https://crm.example"),
            "secrets",
            Map.of("api_key", "a secret"));

    private final Fleet fleet;
    private final Tenant tenant;

    AuditJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Audited");
    }

    @Test
    void no_change_is_without_a_record_when_the_gateway_is_killed() {
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                callers.submit(() -> change(killed));
            }
            await().atMost(SOON).until(() -> credentials() >= 2 * AT_ONCE);
            fleet.engine("kill", "api-gateway");
            killed.set(true);
        }
        fleet.engine("restart", "api-gateway");

        long asked = await().atMost(SOON).ignoreExceptions().until(this::recorded, count -> count > 0);
        assertThat(asked).isGreaterThanOrEqualTo(credentials());
        JsonNode verdict = tenant.get("/v1/audit-log:verify").body();
        assertThat(verdict.path("intact").asBoolean()).isTrue();
    }

    /** Makes credentials until nobody answers any more. */
    private void change(AtomicBoolean killed) {
        while (!killed.get()) {
            try {
                tenant.call("POST", "/v1/credentials", CREDENTIAL);
            } catch (UncheckedIOException e) {
                return;
            }
        }
    }

    private long recorded() {
        String all = "";
        String cursor = "";
        while (true) {
            Http.Answer page = tenant.get("/v1/audit-log:export" + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
            if (page.text().isEmpty()) {
                return all.lines()
                        .filter(line -> line.contains("\"path\":\"/v1/credentials\"") && !line.contains("outcome_of"))
                        .count();
            }
            all += page.text();
            cursor = String.join("", page.headers().getOrDefault("x-next-cursor", List.of()));
        }
    }

    private long credentials() {
        long count = 0;
        String cursor = "";
        do {
            JsonNode page = tenant.get("/v1/credentials?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .body();
            count += page.required("items").size();
            cursor = page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return count;
    }
}
