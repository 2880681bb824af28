package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaSignature;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The service with real Kafka and MongoDB, and Graph simulated. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "engine.vault.owner=true",
            "engine.lead-fetch.short-delay=300ms",
            "engine.lead-fetch.medium-delay=300ms",
            "engine.lead-fetch.long-delay=600ms"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
class TriggerServiceTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis());

    private final OrgId org = OrgId.random();
    private final String page = number();
    private final String form = number();

    @Autowired
    private RestTestClient http;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private CredentialStore credentials;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void graph(DynamicPropertyRegistry properties) {
        properties.add("engine.meta.graph-url", SIMULATOR::graphUrl);
    }

    /** The topic is the dispatcher's, which is not here to create it. */
    @BeforeEach
    void dispatchersTopic(@Autowired KafkaAdmin kafka) {
        kafka.createOrModifyTopics(TopicBuilder.name(Topic.Name.WORKFLOW_CHANGES)
                .partitions(Topic.WORKFLOW_CHANGES.partitions())
                .compact()
                .build());
    }

    @BeforeEach
    void page() {
        SIMULATOR.faults().clear();
        SIMULATOR.leads().form(page, form);
        SIMULATOR.tokens().requireAppSecretProof(LocalStackInitializer.META_APP_SECRET);
    }

    @Test
    void meta_gets_its_challenge_back_for_the_right_token_only() {
        handshake(LocalStackInitializer.META_VERIFY_TOKEN)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("1158201444");
        handshake("guessed").expectStatus().isForbidden();
    }

    @Test
    void a_delivery_with_several_entries_and_changes_becomes_an_event_for_each_lead() {
        subscribe(org, form, token(org, page));
        Lead[] leads = {lead(), lead(), lead()};
        byte[] body = new MetaDelivery()
                .entry(page, Instant.now(), e -> e.leadgen(leads[0]).leadgen(leads[1]))
                .entry(page, Instant.now(), e -> e.leadgen(leads[2]))
                .toBytes();

        deliver(body).expectStatus().isOk();

        awaitEvents(org, leads);
        assertThat(SIMULATOR.requests().of(Vendor.GRAPH))
                .filteredOn(r -> r.body().contains(leads[0].id()))
                .as("several leads per call")
                .hasSize(1)
                .allSatisfy(r -> assertThat(r.method()).isEqualTo("POST"));
        gateway(org)
                .get()
                .uri("/v1/events/" + eventIds(org).getFirst())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.payload.fields.email")
                .isEqualTo("joe@example.com")
                .jsonPath("$.trigger_type")
                .isEqualTo("META_LEAD_AD");
    }

    @Test
    void a_body_without_the_right_signature_leaves_no_trace() {
        subscribe(org, form, token(org, page));
        Lead forged = lead();
        post(MetaDelivery.of(forged), "sha256=" + "0".repeat(64)).expectStatus().isUnauthorized();
        post(MetaDelivery.of(forged), null).expectStatus().isUnauthorized();

        Lead real = lead();
        deliver(MetaDelivery.of(real)).expectStatus().isOk();
        awaitEvents(org, real);
    }

    @Test
    void a_malformed_body_is_a_bad_request_and_an_oversized_one_is_too_large() {
        deliver("{\"object\":".getBytes(StandardCharsets.UTF_8)).expectStatus().isBadRequest();
        deliver(new byte[1_048_577]).expectStatus().isEqualTo(413);
    }

    @Test
    void a_lead_of_an_unknown_page_is_kept_as_unrouted() {
        Lead nobodys = Lead.of(number(), number(), number(), Instant.now());
        deliver(MetaDelivery.of(nobodys)).expectStatus().isOk();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                mongo.exists(Query.query(Criteria.where("_id").is(nobodys.id())), "unrouted_events"))
                        .isTrue());
        assertThat(meters.counter("engine.trigger.unrouted").count()).isPositive();
    }

    @Test
    void the_same_delivery_twice_and_the_same_lead_in_two_deliveries_are_one_event() {
        subscribe(org, form, token(org, page));
        Lead lead = lead();
        Lead last = lead();
        double before = meters.counter("engine.trigger.deduplicated").count();

        deliver(MetaDelivery.of(lead)).expectStatus().isOk();
        awaitEvents(org, lead);
        deliver(MetaDelivery.of(lead)).expectStatus().isOk();
        deliver(new MetaDelivery()
                        .entry(page, Instant.now(), e -> e.leadgen(lead).leadgen(last))
                        .toBytes())
                .expectStatus()
                .isOk();

        awaitEvents(org, lead, last);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                meters.counter("engine.trigger.deduplicated").count() - before)
                        .isEqualTo(2));
    }

    @Test
    void a_lead_arrives_after_graph_was_down_and_throttled() {
        subscribe(org, form, token(org, page));
        Lead lead = lead();
        SIMULATOR
                .faults()
                .add(
                        Vendor.GRAPH,
                        Fault.outage(Vendor.GRAPH).matching(lead.id()).times(1));
        SIMULATOR
                .faults()
                .add(Vendor.GRAPH, Fault.throttle(80005).matching(lead.id()).times(1));
        SIMULATOR
                .faults()
                .add(Vendor.GRAPH, Fault.htmlBadGateway().matching(lead.id()).times(1));

        deliver(MetaDelivery.of(lead)).expectStatus().isOk();

        awaitEvents(org, lead);
        assertThat(SIMULATOR.faults().active(Vendor.GRAPH)).isZero();
    }

    @Test
    void a_lead_waits_for_a_credential_that_is_renewed_later() {
        String token = token(org, page);
        SIMULATOR.tokens().expire(token, 463);
        subscribe(org, form, token);
        Lead lead = lead();
        deliver(MetaDelivery.of(lead)).expectStatus().isOk();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(SIMULATOR.requests().of(Vendor.GRAPH))
                        .anyMatch(r -> r.path().contains(lead.id())));

        SIMULATOR.tokens().page(token, page);

        awaitEvents(org, lead);
    }

    @Test
    void each_organization_of_a_page_gets_the_lead_by_its_own_token_and_one_without_never_does() {
        OrgId second = OrgId.random();
        OrgId curious = OrgId.random();
        subscribe(org, form, token(org, page));
        subscribe(second, form, token(second, page));
        subscribe(curious, form, token(curious, number()));
        Lead lead = lead();

        deliver(MetaDelivery.of(lead)).expectStatus().isOk();

        awaitEvents(org, lead);
        awaitEvents(second, lead);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(SIMULATOR.requests().of(Vendor.GRAPH).stream()
                                .filter(r -> r.path().contains(lead.id())))
                        .hasSizeGreaterThanOrEqualTo(5));
        assertThat(eventIds(curious)).isEmpty();
    }

    @Test
    void a_webhook_call_becomes_an_event_and_a_repeated_one_the_same() {
        publish(org, new Trigger(Trigger.WEBHOOK, Map.of("path", "orders/new"), null));
        String url = "/webhooks/" + org + "/orders/new?source=shop";
        for (int i = 0; i < 2; i++) {
            gateway(null)
                    .post()
                    .uri(url)
                    .header("Idempotency-Key", "\"key-1\"")
                    .header("Cookie", "secret=1")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body("{\"status\":\"paid\",\"a.b\":{\"$c\":1}}")
                    .exchange()
                    .expectStatus()
                    .isAccepted();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(eventIds(org)).hasSize(1));
        gateway(org)
                .get()
                .uri("/v1/events/" + eventIds(org).getFirst())
                .exchange()
                .expectBody()
                .jsonPath("$.data.payload.body.status")
                .isEqualTo("paid")
                .jsonPath("$.data.payload.query.source")
                .isEqualTo("shop")
                .jsonPath("$.data.payload.headers.cookie")
                .doesNotExist();
    }

    @Test
    void a_webhook_that_nobody_listens_to_is_not_found_and_broken_json_is_refused() {
        publish(org, new Trigger(Trigger.WEBHOOK, Map.of("path", "known"), null));
        RestTestClient sender = gateway(null);
        for (String path : List.of("/webhooks/" + org + "/unknown", "/webhooks/nobody/known")) {
            sender.post().uri(path).body("{}").exchange().expectStatus().isNotFound();
        }
        sender.post()
                .uri("/webhooks/" + org + "/known")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"a\":")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void a_body_that_no_event_could_hold_is_refused_and_holds_up_nobody() {
        publish(org, new Trigger(Trigger.WEBHOOK, Map.of("path", "deep"), null));
        call(org, "deep", "[".repeat(490) + "]".repeat(490)).expectStatus().isBadRequest();

        call(org, "deep", "{\"a\":1}").expectStatus().isAccepted();
        await().atMost(SOON).untilAsserted(() -> assertThat(eventIds(org)).hasSize(1));
    }

    @Test
    void bodies_up_to_the_limit_are_stored_even_if_every_character_has_to_be_escaped() {
        publish(org, new Trigger(Trigger.WEBHOOK, Map.of("path", "large"), null));
        call(org, "large", "\"" + "\\\"".repeat(131_000) + "\"").expectStatus().isAccepted();
        await().atMost(SOON).untilAsserted(() -> assertThat(eventIds(org)).hasSize(1));

        String value = "\\\"".repeat(524_000);
        deliver(("{\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"feed\",\"value\":\"" + value + "\"}]}]}")
                        .getBytes(StandardCharsets.UTF_8))
                .expectStatus()
                .isOk();
    }

    @Test
    void a_credential_that_cannot_be_decrypted_holds_up_its_own_organization_only() {
        OrgId damaged = OrgId.random();
        subscribe(damaged, form, token(damaged, page));
        subscribe(org, form, token(org, page));
        giveCiphertext(org, damaged);
        Lead lead = lead();
        double before = accessFailures();

        deliver(MetaDelivery.of(lead)).expectStatus().isOk();

        awaitEvents(org, lead);
        await().atMost(SOON).untilAsserted(() -> assertThat(accessFailures()).isGreaterThan(before));
        assertThat(eventIds(damaged)).isEmpty();
    }

    @Test
    void a_trigger_whose_credential_is_gone_uses_the_one_that_the_organization_has_for_the_page() {
        token(org, page);
        publish(org, new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", form), CredentialId.random()));
        Lead lead = lead();
        deliver(MetaDelivery.of(lead)).expectStatus().isOk();
        awaitEvents(org, lead);
    }

    @Test
    void metas_test_button_is_acknowledged_and_leaves_nothing() {
        deliver(MetaDelivery.testButton()).expectStatus().isOk();
        Lead nobodys = Lead.of(number(), number(), number(), Instant.now());
        deliver(MetaDelivery.of(nobodys)).expectStatus().isOk();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                mongo.exists(Query.query(Criteria.where("_id").is(nobodys.id())), "unrouted_events"))
                        .isTrue());
        assertThat(mongo.exists(Query.query(Criteria.where("_id").is("444444444444")), "unrouted_events"))
                .isFalse();
    }

    @Test
    void an_organization_sees_its_own_events_only() {
        subscribe(org, form, token(org, page));
        Lead lead = lead();
        deliver(MetaDelivery.of(lead)).expectStatus().isOk();
        awaitEvents(org, lead);
        String event = eventIds(org).getFirst();
        RestTestClient other = gateway(OrgId.random());
        other.get().uri("/v1/events/" + event).exchange().expectStatus().isNotFound();
        other.get()
                .uri("/v1/events")
                .exchange()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
    }

    @Test
    void what_a_form_says_is_personal_is_marked_and_masked_for_who_may_not_see_people() {
        SIMULATOR.leads().questions(form, Map.of("wie_heisst_du?", "FULL_NAME", "auto", "CUSTOM"));
        subscribe(org, form, token(org, page));
        Lead first = lead().answer("wie_heisst_du?", "Jo Beispiel").answer("auto", "rot");
        Lead second = lead().answer("wie_heisst_du?", "Jo Beispiel");
        SIMULATOR.leads().add(first, second);

        deliver(MetaDelivery.of(first)).expectStatus().isOk();
        awaitEvents(org, first);
        String event = "/v1/events/" + eventIds(org).getFirst();
        deliver(MetaDelivery.of(second)).expectStatus().isOk();
        awaitEvents(org, first, second);

        String payload = "$.data.payload.";
        gateway(org)
                .get()
                .uri(event)
                .exchange()
                .expectBody()
                .jsonPath(payload + "personal_fields")
                .isEqualTo(List.of("wie_heisst_du?"))
                .jsonPath(payload + "fields['wie_heisst_du?']")
                .isEqualTo("Jo Beispiel");
        http.mutate()
                .defaultHeader(
                        HttpHeaders.AUTHORIZATION,
                        "Bearer " + tokens.mint("viewer", org, InternalTokens.SCOPE_MASKED_API))
                .build()
                .get()
                .uri(event)
                .exchange()
                .expectBody()
                .jsonPath(payload + "fields['wie_heisst_du?']")
                .isEqualTo("***")
                .jsonPath(payload + "answers['wie_heisst_du?'][0]")
                .isEqualTo("***")
                .jsonPath(payload + "fields.email")
                .isEqualTo("***")
                .jsonPath(payload + "fields.auto")
                .isEqualTo("rot")
                .jsonPath(payload + "lead_id")
                .isEqualTo(first.id());
        assertThat(SIMULATOR.requests().of(Vendor.GRAPH).stream()
                        .filter(r -> r.path().endsWith("/" + form)))
                .as("asked once for all leads of the form")
                .hasSize(1);
    }

    @Test
    void a_lead_does_not_wait_for_a_form_that_cannot_be_read() {
        SIMULATOR.faults().add(Vendor.GRAPH, Fault.status(500).matching("/" + form));
        subscribe(org, form, token(org, page));
        Lead lead = lead();

        deliver(MetaDelivery.of(lead)).expectStatus().isOk();

        awaitEvents(org, lead);
        gateway(org)
                .get()
                .uri("/v1/events/" + eventIds(org).getFirst())
                .exchange()
                .expectBody()
                .jsonPath("$.data.payload.personal_fields")
                .doesNotExist();
    }

    private Lead lead() {
        Lead lead = Lead.of(number(), page, form, Instant.now()).answer("email", "joe@example.com");
        SIMULATOR.leads().add(lead);
        return lead;
    }

    private String token(OrgId owner, String ofPage) {
        String token = "EAA" + number();
        SIMULATOR.tokens().page(token, ofPage);
        credentials.create(owner, "meta_page", "page", Map.of("page_id", page), Map.of("access_token", token));
        return token;
    }

    private void subscribe(OrgId subscriber, String formId, String token) {
        assertThat(token).isNotBlank();
        publish(subscriber, new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", formId), null));
    }

    private void publish(OrgId subscriber, Trigger trigger) {
        WorkflowId workflow = WorkflowId.random();
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(List.of(new Fact(
                        Topic.WORKFLOW_CHANGES,
                        WorkflowChange.key(subscriber, workflow),
                        new WorkflowChange(subscriber, workflow, 1, true, trigger, Instant.now())))));
        await().atMost(SOON)
                .untilAsserted(() -> gateway(subscriber)
                        .get()
                        .uri("/v1/events/subscriptions")
                        .exchange()
                        .expectBody()
                        .jsonPath("$.items[?(@.workflow_id == '" + workflow + "')]")
                        .isNotEmpty());
    }

    private void awaitEvents(OrgId owner, Lead... leads) {
        List<String> subjects = Arrays.stream(leads).map(Lead::id).toList();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(column(owner, "subject")).containsExactlyInAnyOrderElementsOf(subjects));
    }

    private List<String> eventIds(OrgId owner) {
        return column(owner, "id");
    }

    private List<String> column(OrgId owner, String member) {
        List<String> values = new ArrayList<>();
        gateway(owner)
                .get()
                .uri("/v1/events")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[*]." + member)
                .value(List.class, found -> found.forEach(v -> values.add(String.valueOf(v))));
        return values;
    }

    /** Another organization's ciphertext is bound to that organization: it does not open. */
    private void giveCiphertext(OrgId from, OrgId to) {
        Query owner = Query.query(Criteria.where("org_id").is(from.value()));
        Document stolen = mongo.findOne(owner, Document.class, "credentials");
        assertThat(stolen).isNotNull();
        mongo.updateFirst(
                Query.query(Criteria.where("org_id").is(to.value())),
                Update.update("ciphertext", stolen.getString("ciphertext")),
                "credentials");
    }

    private double accessFailures() {
        return meters.counter("engine.trigger.lead.failures", "kind", "access", "given_up", "false")
                .count();
    }

    private RestTestClient.ResponseSpec call(OrgId owner, String path, String json) {
        return gateway(null)
                .post()
                .uri("/webhooks/" + owner + "/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange();
    }

    private RestTestClient.ResponseSpec handshake(String token) {
        return gateway(null)
                .get()
                .uri("/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + token)
                .exchange();
    }

    private RestTestClient.ResponseSpec deliver(byte[] body) {
        return post(body, MetaSignature.sha256(LocalStackInitializer.META_APP_SECRET, body));
    }

    private RestTestClient.ResponseSpec post(byte[] body, @Nullable String signature) {
        RestTestClient.RequestBodySpec request =
                gateway(null).post().uri("/webhooks/meta").contentType(MediaType.APPLICATION_JSON);
        if (signature != null) {
            request.header("X-Hub-Signature-256", signature);
        }
        return request.body(body).exchange();
    }

    private RestTestClient gateway(@Nullable OrgId caller) {
        String scope = caller == null ? InternalTokens.SCOPE_WEBHOOK : InternalTokens.SCOPE_API;
        return http.mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.mint("test", caller, scope))
                .build();
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }
}
