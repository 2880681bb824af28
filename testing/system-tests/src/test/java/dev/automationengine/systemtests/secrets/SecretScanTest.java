package dev.automationengine.systemtests.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.PlantedSecrets;
import dev.automationengine.systemtests.fleet.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import tools.jackson.databind.JsonNode;

/**
 * After all other system tests: nothing that the fleet wrote while they ran holds a secret that they gave to it. What a
 * leak could come from is done here once more, so that the test also says something when it runs alone.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(FleetExtension.class)
class SecretScanTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Tenant tenant;

    SecretScanTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Secrets").connected();
    }

    @Test
    void nothing_that_the_fleet_has_written_or_answered_holds_a_secret() {
        String header = secret("header");
        tenant.credential("http_header", Map.of("header", "X-Partner-Key"), Map.of("value", header));
        String webhook = secret("webhook");
        String shop = tenant.credential("webhook_secret", Map.of(), Map.of("secret", webhook));
        String workflow = tenant.workflow(workflow(shop));
        URI url = fleet.api("/webhooks/" + tenant.id() + "/secrets");
        await().atMost(SOON)
                .until(() -> Http.post(url, "{\"id\":1}", Map.of("X-Shop-Key", webhook)), a -> a.status() == 202);
        Http.post(url, "{\"id\":2}", Map.of("X-Shop-Key", webhook + "x"));

        JsonNode failed = await().atMost(SOON)
                .until(
                        () -> tenant.executions(workflow),
                        all -> !all.isEmpty()
                                && all.getFirst().path("status").asString().equals("failed"))
                .getFirst();
        String execution = tenant.get(
                        "/v1/executions/" + failed.path("execution_id").asString())
                .text();
        // The third party did get the secret, and sent it back.
        assertThat(execution).contains("\"x-partner-key\":\"***\"");
        await().atMost(SOON).until(() -> !tenant.deadLetters().isEmpty());
        trials(workflow);
        replaced(shop);
        List.of("credentials", "events", "workflows", "executions", "dead-letters", "api-keys")
                .forEach(list -> assertThat(tenant.get("/v1/" + list).status()).isEqualTo(200));

        fleet.plantOwn();
        assertThat(fleet.planted().values()).contains(header, webhook);
        assertThat(Written.scan(fleet, new Needles(fleet.planted().values()))).isEmpty();
        assertThat(fleet.planted().leaks()).isEmpty();
    }

    @Test
    void the_scan_finds_a_marker_wherever_it_is_written() throws Exception {
        String marker = secret("marker");
        String name = "scan-check-" + UUID.randomUUID();
        Path log = fleet.home().resolve("logs").resolve(name + ".log");
        try (MongoClient mongo = MongoClients.create("mongodb://127.0.0.1:" + port("mongodb"));
                Admin kafka = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port("kafka")))) {
            RedissonClient redis = RedisContent.open("127.0.0.1", port("redis"));
            try {
                Files.writeString(log, "x".repeat(1_048_570) + marker + "\n");
                publish(kafka, name, marker);
                redis.getMap(name, StringCodec.INSTANCE).put("member", marker);
                mongo.getDatabase("scan_check")
                        .getCollection(name)
                        .insertOne(new Document("in", List.of(new Document("deep", encoded(marker)))));

                Set<String> found = Written.scan(fleet, new Needles(Set.of(marker)));

                for (String place : List.of("file logs/" + name + ".log", "topic " + name, "Redis " + name)) {
                    assertThat(found).anyMatch(finding -> finding.startsWith(place));
                }
                assertThat(found)
                        .anyMatch(finding -> finding.startsWith("collection " + name) && finding.endsWith("base 64"))
                        .anyMatch(finding -> finding.startsWith("file data/"));
                assertThat(found.toString()).doesNotContain(marker);
            } finally {
                kafka.deleteTopics(List.of(name)).all().get();
                redis.getKeys().delete(name);
                redis.shutdown();
                mongo.getDatabase("scan_check").drop();
                Files.deleteIfExists(log);
            }
        }
    }

    @Test
    void an_answer_with_a_marker_is_noticed() {
        String marker = secret("answer");
        PlantedSecrets watched = new PlantedSecrets();
        watched.plant(marker);
        String id = tenant.workflow(Map.of(
                "name",
                marker,
                "is_active",
                false,
                "trigger",
                Map.of("type", "WEBHOOK", "config", Map.of("path", "marker")),
                "steps",
                List.of(step("echo", fleet.simulator("/echo/marker"), List.of()))));
        watched.inspect("GET", tenant.get("/v1/workflows/" + id));
        assertThat(watched.leaks()).containsExactly("the answer of GET");
    }

    private void trials(String workflow) {
        Http.Answer trial = tenant.call("POST", "/v1/workflows/" + workflow + ":test", Map.of("payload", Map.of()));
        assertThat(trial.status()).isEqualTo(200);
        Http.Answer step = tenant.call(
                "POST",
                "/v1/workflows/" + workflow + ":test-step",
                Map.of("step", "echo", "context", Map.of("trigger", Map.of()), "confirm_effects", true));
        assertThat(step.status()).as(step.text()).isBetween(200, 202);
    }

    private void replaced(String credential) {
        String fresh = secret("fresh");
        fleet.planted().plant(fresh);
        Http.Answer answer = tenant.call(
                "PUT",
                "/v1/credentials/" + credential,
                Map.of("name", "Shop", "secrets", Map.of("secret", fresh), "overlap", "PT1M"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Sends a secret to who sends it back, then to who refuses it: that leaves a dead letter. */
    private Map<String, Object> workflow(String webhookSecret) {
        return Map.of(
                "name",
                "Secrets everywhere",
                "is_active",
                true,
                "trigger",
                Map.of(
                        "type",
                        "WEBHOOK",
                        "credential_id",
                        webhookSecret,
                        "config",
                        Map.of("path", "secrets", "security", Map.of("kind", "secret", "header", "X-Shop-Key"))),
                "steps",
                List.of(
                        step("echo", fleet.simulator("/echo/secrets"), List.of()),
                        step("refused", fleet.simulator("/nowhere/at/all"), List.of("echo"))));
    }

    private static Map<String, Object> step(String id, URI url, List<String> after) {
        return Map.of(
                "id",
                id,
                "type",
                "ACTION",
                "action",
                "HTTP_REQUEST",
                "depends_on",
                after,
                "config",
                Map.of("method", "GET", "url", url.toString(), "use_credential", true));
    }

    private void publish(Admin kafka, String topic, String value) throws Exception {
        kafka.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port("kafka"));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get();
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(("{\"a\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private int port(String process) {
        return fleet.process(process).path("port").asInt();
    }

    private static String secret(String name) {
        return "planted-" + name + "-" + UUID.randomUUID();
    }
}
