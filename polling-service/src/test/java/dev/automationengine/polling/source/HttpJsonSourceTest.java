package dev.automationengine.polling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A list in JSON, looked at again and again. */
class HttpJsonSourceTest extends SourceScene {
    @Autowired
    private ClaimedLook look;

    @Autowired
    private KafkaAdmin kafka;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private RestTestClient http;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Map<String, Object> orders(Map<String, Object> more) {
        Map<String, Object> trigger = new HashMap<>(Map.of(
                "source",
                "http_json",
                "config",
                Map.of("url", shop.url("/orders"), "items", "orders", "key", "id", "version", "state")));
        trigger.putAll(more);
        return trigger;
    }

    @Test
    void what_is_there_at_the_first_look_is_no_news_and_each_news_is_told_once() {
        shop.order(1, "new");
        WorkflowChange workflow = activate(org, orders(Map.of()), null);
        awaitLook(workflow);
        shop.order(2, "new");
        awaitRecords(org, "2@new");
        shop.order(2, "paid");
        awaitRecords(org, "2@paid");
        awaitLook(workflow);
        awaitLook(workflow);

        assertThat(published.identitiesOf(org)).containsExactly("2@new", "2@paid");
        assertThat(published.of(org).getFirst()).satisfies(message -> {
            assertThat(message.workflowId()).isEqualTo(workflow.workflowId());
            assertThat(message.source()).isEqualTo("http_json");
            assertThat(message.traceparent()).isNotBlank();
            assertThat(message.records().getFirst().data())
                    .containsEntry("id", 2)
                    .containsEntry("state", "new");
        });
        assertThat(shop.notModified()).isPositive();
    }

    @Test
    void a_backfill_tells_what_is_there_and_a_source_that_is_changed_begins_anew() {
        shop.order(1, "new");
        shop.order(2, "new");
        WorkflowChange workflow = activate(org, orders(Map.of("first", "backfill")), null);
        awaitRecords(org, "1@new", "2@new");
        awaitLook(workflow);

        Map<String, Object> other =
                orders(Map.of("config", Map.of("url", shop.url("/orders?other"), "items", "orders", "key", "state")));
        publish(new WorkflowChange(
                org,
                workflow.workflowId(),
                2,
                true,
                new Trigger(Trigger.POLL, Map.copyOf(other), null),
                Instant.now()));
        shop.order(3, "paid");
        await().atMost(SOON).until(() -> shop.asked() > 0 && lookedWith(workflow, other));
        shop.order(4, "sent");
        awaitRecords(org, "sent");

        assertThat(published.identitiesOf(org)).containsExactlyInAnyOrder("1@new", "2@new", "sent");
        deactivate(workflow);
    }

    private boolean lookedWith(WorkflowChange workflow, Map<String, Object> trigger) {
        SourceState state = state(workflow);
        WorkflowChange now = new WorkflowChange(
                org,
                workflow.workflowId(),
                2,
                true,
                new Trigger(Trigger.POLL, Map.copyOf(trigger), null),
                Instant.now());
        return state != null && trigger(now).fingerprint().equals(state.fingerprint());
    }

    @Test
    void what_kafka_did_not_confirm_comes_again_and_the_cursor_does_not_move() throws Exception {
        WorkflowChange workflow = activate(org, orders(Map.of()), null);
        awaitLook(workflow);
        largestMessage("100");
        try {
            shop.order(7, "new");
            awaitError(workflow, "unpublished");
            assertThat(published.identitiesOf(org)).isEmpty();
        } finally {
            largestMessage("1048588");
        }

        awaitRecords(org, "7@new");
    }

    @Test
    void a_look_whose_end_was_not_recorded_is_made_again_with_the_same_messages() {
        WorkflowChange workflow = activate(org, orders(Map.of()), null);
        awaitLook(workflow);
        SourceState before = Objects.requireNonNull(state(workflow));
        shop.order(8, "new");
        awaitRecords(org, "8@new");
        awaitLook(workflow);
        // As if the process had died between Kafka's confirmation and its own write.
        await().atMost(SOON).until(() -> {
            var claim = states.claim(
                    trigger(workflow),
                    "dying",
                    Instant.now().plusSeconds(60),
                    Duration.ofMillis(1),
                    Duration.ofDays(1));
            return claim.isPresent()
                    && states.succeeded(
                            claim.get(),
                            trigger(workflow),
                            new Looked(Objects.requireNonNull(before.cursor()), 0, true, null),
                            Duration.ZERO,
                            Instant.now());
        });

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published.identitiesOf(org)).hasSizeGreaterThan(1));
        assertThat(published.of(org))
                .extracting(message -> message.id())
                .containsOnly(published.of(org).getFirst().id());
    }

    @Test
    void a_source_that_another_replica_holds_is_left_to_it_until_its_lease_ends() {
        WorkflowChange workflow = activate(org, orders(Map.of()), null);
        awaitLook(workflow);
        SourceState[] held = new SourceState[1];
        await().atMost(SOON)
                .until(() -> states.claim(
                                trigger(workflow),
                                "another",
                                Instant.now().plusSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofDays(1))
                        .map(claim -> held[0] = claim)
                        .isPresent());
        int asked = shop.asked();

        Instant again = look.run(trigger(workflow), "this");

        assertThat(shop.asked()).isEqualTo(asked);
        assertThat(again).isAfter(Instant.now());
        shop.order(9, "new");
        awaitRecords(org, "9@new");
        assertThat(states.succeeded(
                        held[0],
                        trigger(workflow),
                        new Looked(new Cursor(null, null, false, Seen.NOTHING, Map.of()), 0, false, null),
                        Duration.ZERO,
                        Instant.now()))
                .as("who has lost it cannot write")
                .isFalse();
        assertThat(published.identitiesOf(org)).containsExactly("9@new");
    }

    @Test
    void throttling_and_outages_delay_and_lose_nothing() {
        WorkflowChange workflow = activate(org, orders(Map.of()), null);
        awaitLook(workflow);
        double throttled = looks("throttled");
        shop.refuse(429, 1);
        shop.order(10, "new");
        SourceState state = awaitError(workflow, "http_429");
        assertThat(Duration.between(Objects.requireNonNull(state.lastRunAt()), state.nextAt()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(looks("throttled")).isEqualTo(throttled + 1);

        awaitRecords(org, "10@new");
        shop.refuse(503, 1);
        shop.order(11, "new");
        awaitRecords(org, "11@new");
        assertThat(published.identitiesOf(org)).containsExactly("10@new", "11@new");
    }

    @Test
    void what_cannot_be_looked_at_is_told_to_its_own_organization_only() {
        WorkflowChange wrong =
                activate(org, orders(Map.of("config", Map.of("url", shop.url("/orders"), "items", "no.such"))), null);
        WorkflowChange unknown = activate(org, Map.of("source", "no_such_source"), null);
        WorkflowChange private1 =
                activate(org, orders(Map.of("config", Map.of("url", "http://10.0.0.1/orders"))), null);
        WorkflowChange foreign = activate(org, orders(Map.of()), othersCredential());
        awaitError(wrong, "no_items");
        awaitError(unknown, "source_unknown");
        awaitError(private1, "blocked");
        awaitError(foreign, "credential_missing");

        JsonNode polls = sources(org);
        assertThat(polls.path("items").size()).isEqualTo(4);
        assertThat(polls.path("items")
                        .valueStream()
                        .map(item -> item.path("workflow_id").asString()))
                .contains(wrong.workflowId().value());
        assertThat(polls.at("/items/0/advice").asString()).isNotBlank();
        assertThat(polls.toString()).doesNotContain("lease", "seen", "memo", "127.0.0.1");
        assertThat(sources(OrgId.random()).path("items")).isEmpty();
        assertThat(published.identitiesOf(org)).isEmpty();
    }

    @Test
    void a_workflow_that_is_switched_off_costs_its_source_nothing_more() {
        WorkflowChange workflow = activate(org, orders(Map.of()), null);
        awaitLook(workflow);
        deactivate(workflow);
        OrgId other = OrgId.random();
        WorkflowChange marker =
                activate(other, orders(Map.of("config", Map.of("url", shop.url("/"), "items", "orders"))), null);
        awaitLook(marker);
        Instant last = Objects.requireNonNull(state(workflow)).lastRunAt();
        awaitLook(marker);
        awaitLook(marker);

        assertThat(Objects.requireNonNull(state(workflow)).lastRunAt()).isEqualTo(last);
    }

    private CredentialId othersCredential() {
        return credentials
                .create(
                        OrgId.random(),
                        "http_header",
                        "key",
                        Map.of("header", "X-Api-Key"),
                        Map.of("value", "others-key"))
                .id();
    }

    private double looks(String result) {
        return meters.counter("engine.polling.looks", "source", "http_json", "result", result)
                .count();
    }

    private JsonNode sources(OrgId caller) {
        String token = tokens.mint("test", caller, InternalTokens.SCOPE_API);
        return JsonMapper.shared()
                .readTree(http.get()
                        .uri("/v1/polls/sources")
                        .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private void largestMessage(String bytes) throws Exception {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.Name.INBOUND);
            AlterConfigOp set =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        }
    }
}
