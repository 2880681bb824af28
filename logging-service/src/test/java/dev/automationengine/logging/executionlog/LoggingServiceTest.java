package dev.automationengine.logging.executionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.infrastructure.MongoStore;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.MessageDelivery;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service: snapshots in by Kafka, answers out by REST, and a MongoDB of its own that it may lose. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.topics.owner=DISPATCHER", "engine.execution-logs.max-payload=1KB"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
class LoggingServiceTest {
    private static final int MONGO_PORT = Ports.free();

    @TempDir
    private static Path directory;

    private static @Nullable MongoStore store;

    private final HttpClient client = HttpClient.newHttpClient();
    private final OrgId org = OrgId.random();

    @LocalServerPort
    private int port;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void ownMongo(DynamicPropertyRegistry registry) {
        startMongo();
        registry.add("spring.mongodb.uri", () -> "mongodb://" + Ports.HOST + ":" + MONGO_PORT + "/logs");
    }

    @AfterAll
    static void stopMongo() {
        if (store != null) {
            store.close();
        }
    }

    /** The topic is trigger-service's, which is not here to create it. */
    @BeforeEach
    void triggersTopic(@Autowired KafkaAdmin admin) {
        admin.createOrModifyTopics(TopicBuilder.name(Topic.Name.MESSAGE_DELIVERIES)
                .partitions(Topic.MESSAGE_DELIVERIES.partitions())
                .build());
    }

    @Test
    void an_execution_can_be_read_with_every_step_attempt_and_payload() {
        publish(Snapshots.of(org, "exec_1", 4, ExecutionStatus.FAILED));
        JsonNode log = await().until(() -> get("/v1/executions/exec_1"), a -> a.has("execution_id"));
        assertThat(log.at("/execution_id").asString()).isEqualTo("exec_1");
        assertThat(log.at("/status").asString()).isEqualTo("failed");
        assertThat(log.at("/created_at").asString()).isEqualTo("2026-03-01T10:00:00.250Z");
        assertThat(log.at("/duration_ms").asInt()).isEqualTo(1500);
        assertThat(log.at("/failed_step").asString()).isEqualTo("step_2");
        assertThat(log.at("/error/code").asString()).isEqualTo("400");
        assertThat(log.at("/trigger/email").asString()).isEqualTo("joe@example.com");
        assertThat(log.at("/steps/0/input/field_mapping/email").asString()).isEqualTo("joe@example.com");
        assertThat(log.at("/steps/0/attempts/0/error/answer").asString()).isEqualTo("bad email");
        assertThat(log.at("/steps/0/started_at").asString()).isEqualTo("2026-03-01T10:00:00.250Z");
        assertThat(log.has("expire_at")).isFalse();
    }

    @Test
    void what_is_told_later_of_a_message_stands_with_its_step_whatever_order_it_comes_in() {
        publish(Snapshots.of(org, "exec_told", 4, ExecutionStatus.COMPLETED));
        publish(Snapshots.of(org, "exec_untold", 4, ExecutionStatus.COMPLETED));
        tell("exec_told", MessageDelivery.Status.READ);
        tell("exec_told", MessageDelivery.Status.READ);
        tell("exec_told", MessageDelivery.Status.SENT);
        // Of the same partition, so it is read after them.
        facts.publish(List.of(told(OrgId.random(), "exec_told", MessageDelivery.Status.FAILED)));

        JsonNode log = await().until(
                        () -> get("/v1/executions/exec_told"),
                        answer -> answer.at("/deliveries/step_2/status")
                                .asString()
                                .equals("read"));
        assertThat(log.at("/deliveries/step_2/at").asString()).isEqualTo("2026-03-01T10:00:05Z");
        assertThat(log.at("/deliveries/step_2/error_code").isMissingNode()).isTrue();
        assertThat(get("/v1/executions/exec_told/timeline").at("/items").toString())
                .contains("{\"at\":\"2026-03-01T10:00:05Z\",\"kind\":\"message_told_of\",\"step_id\":\"step_2\""
                        + ",\"status\":\"read\"}");

        tell("exec_told", MessageDelivery.Status.FAILED);
        await().until(() -> get("/v1/executions/exec_told")
                .at("/deliveries/step_2/error_code")
                .asString()
                .equals("131026"));
        tell("exec_told", MessageDelivery.Status.DELIVERED);
        publishLast("exec_last2");
        assertThat(get("/v1/executions/exec_told")
                        .at("/deliveries/step_2/status")
                        .asString())
                .isEqualTo("failed");
        assertThat(get("/v1/executions/exec_untold").has("deliveries")).isFalse();
        Document stored = mongo.getCollection("message_deliveries")
                .find(new Document("org_id", org.value()))
                .first();
        assertThat(stored).doesNotContainValue("wamid.exec_told").containsKey("expire_at");
    }

    private void tell(String execution, MessageDelivery.Status status) {
        facts.publish(List.of(told(org, execution, status)));
    }

    private static Fact told(OrgId org, String execution, MessageDelivery.Status status) {
        boolean failed = status == MessageDelivery.Status.FAILED;
        MessageDelivery delivery = new MessageDelivery(
                org,
                MessageDelivery.key(org, "wamid." + execution),
                status,
                Instant.parse("2026-03-01T10:00:05Z"),
                failed ? "131026" : null,
                failed ? "Undeliverable." : null);
        return new Fact(Topic.MESSAGE_DELIVERIES, delivery.messageKey(), delivery);
    }

    @Test
    void it_is_stored_in_the_shape_of_the_seed_with_times_as_dates() {
        publish(Snapshots.of(org, "exec_2", 1, ExecutionStatus.COMPLETED));
        Document stored = await().until(() -> stored("exec_2"), d -> d != null);
        assertThat(stored).containsEntry("org_id", org.value()).containsEntry("status", "completed");
        assertThat(stored.getDate("created_at")).isEqualTo(Date.from(Snapshots.CREATED));
        assertThat(stored.getDate("expire_at"))
                .isEqualTo(Date.from(Snapshots.CREATED.plusMillis(1500).plus(Duration.ofDays(30))));
        assertThat(stored.getList("steps", Document.class).getFirst().get("started_at"))
                .isInstanceOf(Date.class);
        assertThat(meters.get("engine.execution.logs.lag").timer().count()).isPositive();
    }

    @Test
    void the_highest_revision_stays_however_often_and_in_whatever_order_snapshots_come() {
        publish(Snapshots.of(org, "exec_3", 5, ExecutionStatus.COMPLETED));
        publish(Snapshots.of(org, "exec_3", 2, ExecutionStatus.IN_PROGRESS));
        publish(Snapshots.of(org, "exec_3", 5, ExecutionStatus.COMPLETED));
        publish(Snapshots.of(org, "exec_3", 4, ExecutionStatus.IN_PROGRESS));
        publishLast("exec_3");
        assertThat(get("/v1/executions/exec_3").at("/rev").asInt()).isEqualTo(5);
        publish(Snapshots.of(org, "exec_3", 6, ExecutionStatus.FAILED));
        await().until(() -> get("/v1/executions/exec_3").at("/rev").asInt() == 6);
        assertThat(mongo.getCollection(ExecutionLogs.COLLECTION).countDocuments(new Document("_id", "exec_3")))
                .isEqualTo(1);
    }

    @Test
    void payloads_that_are_too_large_are_replaced_by_their_size() {
        publish(Snapshots.of(
                org,
                "exec_4",
                1,
                ExecutionStatus.COMPLETED,
                Snapshots.CREATED,
                "wf_1",
                Map.of("text", "x".repeat(2000))));
        JsonNode log = await().until(() -> get("/v1/executions/exec_4"), a -> a.has("execution_id"));
        assertThat(log.at("/trigger/truncated").asBoolean()).isTrue();
        assertThat(log.at("/trigger/bytes").asInt()).isEqualTo("{\"text\":\"\"}".length() + 2000);
        assertThat(log.at("/steps/0/output/id").asString()).isEqualTo("c_1");
    }

    @Test
    void odd_payloads_are_kept_and_impossible_ones_hold_nobody_up() {
        double before = poison();
        publish(Snapshots.of(
                org,
                "exec_5",
                1,
                ExecutionStatus.COMPLETED,
                Snapshots.CREATED,
                "wf_1",
                Map.of("which.car?", "Fiat", "big", new BigInteger("123456789012345678901234567890"))));
        publish(Snapshots.of(
                org, "exec_6", 1, ExecutionStatus.COMPLETED, Snapshots.CREATED, "wf_1", Map.of("a\u0000b", 1)));
        kafka.send(Topic.Name.EXECUTION_LOGS, "exec_5", "not json".getBytes(StandardCharsets.UTF_8))
                .join();
        publishLast("exec_5");
        publishLast("exec_6");
        assertThat(get("/v1/executions/exec_5").at("/trigger/which.car?").asString())
                .isEqualTo("Fiat");
        assertThat(get("/v1/executions/exec_5").at("/trigger/big").asString())
                .isEqualTo("123456789012345678901234567890");
        assertThat(get("/v1/executions/exec_6").at("/status").asInt()).isEqualTo(404);
        assertThat(poison()).isEqualTo(before + 2);
    }

    @Test
    void pages_are_complete_and_without_repeats_though_all_were_created_at_once() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            publish(Snapshots.of(org, "exec_p" + i, 1, ExecutionStatus.COMPLETED));
            expected.addFirst("exec_p" + i);
        }
        await().until(() -> get("/v1/executions").at("/items").size() == 7);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/v1/executions?limit=3" + cursor);
            page.at("/items").forEach(item -> seen.add(item.at("/execution_id").asString()));
            cursor = page.at("/next_cursor").isString()
                    ? "&cursor=" + page.at("/next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void a_list_is_filtered_and_shows_no_payloads() {
        Instant later = Snapshots.CREATED.plusSeconds(60);
        publish(Snapshots.of(org, "exec_f1", 1, ExecutionStatus.FAILED));
        publish(Snapshots.of(org, "exec_f2", 1, ExecutionStatus.COMPLETED, later, "wf_1", Map.of("k", "v")));
        publish(Snapshots.of(org, "exec_f3", 1, ExecutionStatus.COMPLETED, later, "wf_2", Map.of("k", "v")));
        await().until(() -> get("/v1/executions").at("/items").size() == 3);
        assertThat(ids("")).containsExactly("exec_f3", "exec_f2", "exec_f1");
        assertThat(ids("?workflow_id=wf_1")).containsExactly("exec_f2", "exec_f1");
        assertThat(ids("?status=failed")).containsExactly("exec_f1");
        assertThat(ids("?from=" + later)).containsExactly("exec_f3", "exec_f2");
        assertThat(ids("?to=" + later + "&workflow_id=wf_1")).containsExactly("exec_f1");
        JsonNode failed = get("/v1/executions?status=failed").at("/items/0");
        assertThat(failed.at("/error/message").asString()).isEqualTo(Snapshots.ERROR.message());
        assertThat(failed.toString()).doesNotContain("joe@example.com").doesNotContain("bad email");
    }

    @Test
    void another_organization_sees_nothing() {
        publish(Snapshots.of(org, "exec_t", 1, ExecutionStatus.COMPLETED));
        await().until(() -> get("/v1/executions/exec_t").has("execution_id"));
        OrgId other = OrgId.random();
        assertThat(answer("/v1/executions/exec_t", other).statusCode()).isEqualTo(404);
        assertThat(json.readTree(answer("/v1/executions", other).body()).at("/items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=x, limit",
        "status=done, status",
        "workflow_id=nonsense, workflow_id",
        "from=yesterday, from",
        "cursor=AAAA, cursor",
        "cursor=MTIKZXhlYw, cursor",
        "cursor=***, cursor",
    })
    void what_cannot_be_asked_for_gets_400_that_says_where(String query, String pointer) {
        HttpResponse<String> answer = answer("/v1/executions?" + query, org);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.at("/type").asString()).endsWith("/invalid-request");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void nothing_is_lost_while_mongodb_is_away() {
        publish(Snapshots.of(org, "exec_m0", 1, ExecutionStatus.COMPLETED));
        await().until(() -> get("/v1/executions/exec_m0").has("execution_id"));
        stopMongo();
        for (int i = 1; i <= 20; i++) {
            publish(Snapshots.of(org, "exec_m" + i, 1, ExecutionStatus.COMPLETED));
        }
        assertThat(answer("/v1/executions", org).statusCode()).isEqualTo(503);
        startMongo();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> get("/v1/executions").at("/items").size() == 21);
    }

    private static void startMongo() {
        store = MongoStore.inFile(directory.resolve("logs.mv"), MONGO_PORT);
    }

    private void publish(ExecutionSnapshot snapshot) {
        facts.publish(
                List.of(new Fact(Topic.EXECUTION_LOGS, snapshot.executionId().value(), snapshot)));
    }

    /** Publishes another execution behind the key's records, and waits until it is there: so are they. */
    private void publishLast(String key) {
        ExecutionSnapshot last = Snapshots.of(org, key + "last", 1, ExecutionStatus.COMPLETED);
        facts.publish(List.of(new Fact(Topic.EXECUTION_LOGS, key, last)));
        await().until(() -> get("/v1/executions/" + last.executionId()).has("execution_id"));
    }

    private @Nullable Document stored(String id) {
        return mongo.getCollection(ExecutionLogs.COLLECTION)
                .find(new Document("_id", id))
                .first();
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        get("/v1/executions" + query)
                .at("/items")
                .forEach(item -> ids.add(item.at("/execution_id").asString()));
        return ids;
    }

    private JsonNode get(String path) {
        return json.readTree(answer(path, org).body());
    }

    private HttpResponse<String> answer(String path, OrgId caller) {
        String token = tokens.mint("key_1", caller, InternalTokens.SCOPE_API);
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double poison() {
        return meters.counter("engine.kafka.poison", "topic", Topic.Name.EXECUTION_LOGS)
                .count();
    }
}
