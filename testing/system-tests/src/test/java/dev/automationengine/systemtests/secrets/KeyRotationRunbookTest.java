package dev.automationengine.systemtests.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Runbook;
import dev.automationengine.systemtests.fleet.Tenant;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of docs/runbooks/key-rotation.md, as they stand there, while workflows that need credentials run. */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(FleetExtension.class)
class KeyRotationRunbookTest {
    private final Fleet fleet;
    private final Tenant tenant;

    KeyRotationRunbookTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Rotation").connected();
    }

    @Test
    void all_keys_are_replaced_and_no_execution_fails() throws Exception {
        String partner = tenant.credential(
                "http_header", Map.of("header", "X-Partner-Key"), Map.of("value", "partner-" + UUID.randomUUID()));
        String workflow = tenant.workflow(workflow(partner));
        URI url = fleet.api("/webhooks/" + tenant.id() + "/rotation");
        await().atMost(Duration.ofSeconds(10)).until(() -> post(url).status() == 202);
        List<String> before = masterKeys();

        AtomicInteger accepted = new AtomicInteger(1);
        AtomicInteger refused = new AtomicInteger();
        try (ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
            // The trigger-service is away for moments while it restarts, and the gateway says so.
            load.scheduleWithFixedDelay(
                    () -> (post(url).status() == 202 ? accepted : refused).incrementAndGet(),
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            new Runbook(fleet, "key-rotation").run(Duration.ofMinutes(8));
            load.shutdown();
        }

        assertThat(masterKeys()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(ciphertexts()).allSatisfy(text -> assertThat(text).startsWith("v1:2:"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(statuses(workflow))
                        .containsEntry("completed", accepted.longValue())
                        .hasSize(1));
        assertThat(accepted.get()).isGreaterThan(refused.get());
    }

    private Map<String, Long> statuses(String workflow) {
        try (MongoClient mongo = mongo()) {
            return mongo
                    .getDatabase("automation")
                    .getCollection("executions")
                    .find(new Document("org_id", tenant.id()).append("workflow_id", workflow))
                    .into(new ArrayList<>())
                    .stream()
                    .collect(Collectors.groupingBy(found -> found.getString("status"), Collectors.counting()));
        }
    }

    private List<String> masterKeys() {
        try (MongoClient mongo = mongo()) {
            return mongo.getDatabase("automation").getCollection("data_keys").find().into(new ArrayList<>()).stream()
                    .map(key -> key.getString("wrapped").split(":", -1)[1])
                    .distinct()
                    .toList();
        }
    }

    private List<String> ciphertexts() {
        try (MongoClient mongo = mongo()) {
            return mongo
                    .getDatabase("automation")
                    .getCollection("credentials")
                    .find(new Document("org_id", tenant.id()))
                    .into(new ArrayList<>())
                    .stream()
                    .map(credential -> credential.getString("ciphertext"))
                    .toList();
        }
    }

    private MongoClient mongo() {
        return MongoClients.create(
                "mongodb://127.0.0.1:" + fleet.process("mongodb").path("port").asInt());
    }

    private static Http.Answer post(URI url) {
        return Http.post(url, "{}", Map.of());
    }

    private Map<String, Object> workflow(String credential) {
        return Map.of(
                "name",
                "Under rotation",
                "is_active",
                true,
                "trigger",
                Map.of("type", "WEBHOOK", "config", Map.of("path", "rotation")),
                "steps",
                List.of(Map.of(
                        "id",
                        "partner",
                        "type",
                        "ACTION",
                        "action",
                        "HTTP_REQUEST",
                        "credential_id",
                        credential,
                        "config",
                        Map.of(
                                "method",
                                "GET",
                                "url",
                                fleet.simulator("/echo/rotation").toString()))));
    }
}
