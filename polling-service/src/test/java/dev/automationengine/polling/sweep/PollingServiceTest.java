package dev.automationengine.polling.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.RecordedRequest;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.polling.poll.PollState;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.subscription.FormSubscription;
import dev.automationengine.polling.subscription.FormSubscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with real Kafka and MongoDB, and Graph simulated. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "engine.polling.first-window=24h",
            "engine.vault.owner=true",
            "engine.polling.interval=1s",
            "engine.polling.back-off=200ms",
            "engine.polling.max-back-off=500ms",
            "engine.polling.max-pages=3",
            "engine.polling.idle=50ms"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@Import(PublishedSweeps.class)
class PollingServiceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis());

    private final OrgId org = OrgId.random();
    private final String page = number();
    private final String form = number();
    private final List<WorkflowChange> active = new ArrayList<>();

    @Autowired
    private RestTestClient http;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private CredentialStore credentials;

    @Autowired
    private PollStates states;

    @Autowired
    private FormSubscriptions subscriptions;

    @Autowired
    private PublishedSweeps published;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JsonMapper json;

    @Autowired
    private KafkaAdmin kafka;

    @DynamicPropertySource
    static void graph(DynamicPropertyRegistry properties) {
        properties.add("engine.meta.graph-url", SIMULATOR::graphUrl);
    }

    /** The topics belong to services that are not here to create them. */
    @BeforeEach
    void topicsOfOthers() {
        kafka.createOrModifyTopics(
                TopicBuilder.name(Topic.Name.WORKFLOW_CHANGES)
                        .partitions(Topic.WORKFLOW_CHANGES.partitions())
                        .compact()
                        .build(),
                TopicBuilder.name(Topic.Name.INBOUND)
                        .partitions(Topic.INBOUND.partitions())
                        .build());
    }

    @BeforeEach
    void page() {
        SIMULATOR.faults().clear();
        SIMULATOR.leads().form(page, form);
        SIMULATOR.tokens().requireAppSecretProof(LocalStackInitializer.META_APP_SECRET);
    }

    @AfterEach
    void nothingGoesOn() {
        List.copyOf(active).forEach(this::deactivate);
    }

    @Test
    void a_lead_that_no_webhook_announced_is_found_and_published() {
        Lead lost = lead(Instant.now().minus(Duration.ofHours(3)));
        Lead tooOld = lead(Instant.now().minus(Duration.ofHours(25)));
        token(org, page);
        activate(org, form);

        awaitLeads(org, lost);

        assertThat(published.leadsOf(org)).doesNotContain(tooOld.id());
        assertThat(published.of(org)).allSatisfy(sweep -> {
            assertThat(sweep.formId()).isEqualTo(form);
            assertThat(sweep.traceparent()).isNotBlank();
            assertThat(sweep.leads().getFirst().submittedAt())
                    .isEqualTo(lost.createdTime().truncatedTo(ChronoUnit.SECONDS));
        });
        assertThat(requests(form))
                .first()
                .satisfies(request -> assertThat(request.query()).contains("fields=id,created_time"));
    }

    @Test
    void several_pages_are_followed_by_their_cursor() {
        Lead[] leads = new Lead[250];
        for (int i = 0; i < leads.length; i++) {
            leads[i] = lead(Instant.now().minusSeconds(3600 + i));
        }
        token(org, page);
        activate(org, form);

        awaitLeads(org, leads);

        assertThat(published.of(org)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(requests(form)).noneMatch(request -> request.query().contains("access_token"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(state(org, form).sweptUntil()).isNotNull());
    }

    @Test
    void more_leads_than_one_sweep_takes_are_caught_up_with_in_several() {
        Lead[] leads = new Lead[700];
        for (int i = 0; i < leads.length; i++) {
            leads[i] = lead(Instant.now().minusSeconds(3600 + 60L * i));
        }
        token(org, page);
        activate(org, form);

        awaitLeads(org, leads);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state(org, form).span()).isNull();
            assertThat(state(org, form).sweptUntil()).isAfter(Instant.now().minusSeconds(60));
        });
    }

    @Test
    void a_lead_that_graph_shows_late_is_found_by_the_next_sweep() {
        token(org, page);
        activate(org, form);
        Instant swept = awaitSwept(org, form);

        Lead late = lead(swept.minus(Duration.ofMinutes(5)));

        awaitLeads(org, late);
    }

    @Test
    void two_sweepers_do_not_sweep_a_form_at_the_same_time(
            @Autowired CatchUp catchUp,
            @Autowired ClaimedSweep sweep,
            @Autowired PollingProperties properties,
            @Autowired Traces traces,
            @Autowired InstantSource clock) {
        Duration slow = Duration.ofMillis(700);
        SIMULATOR.faults().add(Vendor.GRAPH, Fault.slow(slow).matching(form));
        FormSweeper second = new FormSweeper(subscriptions, catchUp, states, sweep, properties, traces, meters, clock);
        second.start();
        try {
            token(org, page);
            activate(org, form);
            await().atMost(SOON).untilAsserted(() -> assertThat(requests(form)).hasSizeGreaterThanOrEqualTo(4));
        } finally {
            second.stop();
        }
        List<RecordedRequest> requests = requests(form);
        for (int i = 1; i < requests.size(); i++) {
            assertThat(Duration.between(
                            requests.get(i - 1).at(), requests.get(i).at()))
                    .isGreaterThan(slow);
        }
    }

    @Test
    void a_claim_excludes_others_until_it_ends_and_a_lost_one_writes_nothing() {
        FormSubscription subject = new FormSubscription(org, form, null, null);
        Instant now = Instant.now();
        Duration lease = Duration.ofMinutes(1);
        Duration retention = Duration.ofDays(1);
        states.open(List.of(subject), now, retention);
        states.open(List.of(subject), now.plusSeconds(60), retention);

        PollState first = states.claim(subject, "first", now, lease, retention).orElseThrow();
        assertThat(states.claim(subject, "second", now, lease, retention)).isEmpty();
        assertThat(states.renew(first, now.plus(lease))).isTrue();

        Instant later = now.plus(lease).plusMillis(1);
        PollState second =
                states.claim(subject, "second", later, lease, retention).orElseThrow();
        PollState.Result result = new PollState.Result(later.plusSeconds(300), later, null, 7, null, 0);
        assertThat(states.renew(first, later.plus(lease))).isFalse();
        assertThat(states.finish(first, result, later)).isFalse();
        assertThat(state(org, form).sweptUntil()).isNull();
        assertThat(states.finish(second, result, later)).isTrue();
        assertThat(state(org, form).lastFound()).isEqualTo(7);
        assertThat(states.claim(subject, "third", later, lease, retention))
                .as("not due")
                .isEmpty();
    }

    @Test
    void nothing_counts_as_swept_that_kafka_did_not_take() throws Exception {
        token(org, page);
        activate(org, form);
        awaitSwept(org, form);
        largestMessage("1");
        try {
            Lead lead = lead(Instant.now());
            awaitError(org, form, "kafka_unconfirmed");
            Instant stuck = state(org, form).sweptUntil();
            int failures = state(org, form).failures();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(state(org, form).failures()).isGreaterThan(failures));
            assertThat(state(org, form).sweptUntil()).isEqualTo(stuck);
            assertThat(published.leadsOf(org)).doesNotContain(lead.id());

            largestMessage("1048588");
            awaitLeads(org, lead);
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(state(org, form).lastError()).isNull();
                assertThat(state(org, form).sweptUntil()).isAfter(stuck);
            });
        } finally {
            largestMessage("1048588");
        }
    }

    @Test
    void only_active_workflows_are_swept() {
        String paused = number();
        SIMULATOR.leads().form(page, paused);
        token(org, page);
        publish(change(org, paused, false));
        WorkflowChange change = activate(org, form);
        awaitSwept(org, form);

        deactivate(change);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(subscriptions.forms())
                        .noneMatch(known -> known.org().equals(org)));
        OrgId other = OrgId.random();
        String othersForm = number();
        SIMULATOR.leads().form(page, othersForm);
        token(other, page);
        activate(other, othersForm);
        awaitSwept(other, othersForm);
        int after = requests(form).size();
        awaitLaterSweep(other, othersForm);
        awaitLaterSweep(other, othersForm);

        assertThat(requests(form)).hasSize(after);
        assertThat(requests(paused)).isEmpty();
    }

    @Test
    void an_expired_token_is_told_and_the_sweeps_of_others_go_on() {
        SIMULATOR.tokens().expire(token(org, page), 463);
        activate(org, form);
        OrgId other = OrgId.random();
        token(other, page);
        activate(other, form);
        double before = refused();

        awaitError(org, form, "graph_190_463");
        Lead lead = lead(Instant.now());
        awaitLeads(other, lead);

        assertThat(state(org, form).sweptUntil()).isNull();
        assertThat(published.of(org)).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(refused()).isGreaterThan(before));
    }

    @Test
    void a_missing_credential_is_told_and_a_throttled_sweep_is_made_up_for() {
        OrgId poor = OrgId.random();
        activate(poor, form);
        awaitError(poor, form, "credential_missing");

        SIMULATOR
                .faults()
                .add(Vendor.GRAPH, Fault.throttle(80005).matching(form).times(2));
        Lead lead = lead(Instant.now());
        token(org, page);
        activate(org, form);
        awaitLeads(org, lead);
        assertThat(meters.counter("engine.polling.sweeps", "result", "throttled")
                        .count())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void an_organization_sees_its_own_states_only_in_pages_by_form() {
        OrgId other = OrgId.random();
        token(org, page);
        token(other, page);
        Set<String> own = new HashSet<>(Set.of(form));
        activate(org, form);
        for (int i = 0; i < 2; i++) {
            String next = number();
            SIMULATOR.leads().form(page, next);
            own.add(next);
            activate(org, next);
        }
        activate(other, form);
        own.forEach(id -> awaitSwept(org, id));
        awaitSwept(other, form);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = polls(org, "?limit=2" + cursor);
            page.path("items").forEach(item -> {
                assertThat(item.path("swept_until").asString()).isNotBlank();
                assertThat(item.has("lease_owner")).isFalse();
                seen.add(item.path("form_id").asString());
            });
            String next = page.path("next_cursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());

        assertThat(seen).isSorted().containsExactlyInAnyOrderElementsOf(own);
        assertThat(polls(OrgId.random(), "").path("items")).isEmpty();
    }

    private Lead lead(Instant createdTime) {
        Lead lead = Lead.of(number(), page, form, createdTime).answer("email", "joe@example.com");
        SIMULATOR.leads().add(lead);
        return lead;
    }

    private String token(OrgId owner, String ofPage) {
        String token = "EAA" + number();
        SIMULATOR.tokens().page(token, ofPage);
        credentials.create(owner, "meta_page", "page", Map.of("page_id", ofPage), Map.of("access_token", token));
        return token;
    }

    private WorkflowChange activate(OrgId owner, String formId) {
        WorkflowChange change = change(owner, formId, true);
        publish(change);
        active.add(change);
        return change;
    }

    private void deactivate(WorkflowChange change) {
        publish(new WorkflowChange(change.orgId(), change.workflowId(), 2, false, change.trigger(), Instant.now()));
        active.remove(change);
    }

    private static WorkflowChange change(OrgId owner, String formId, boolean active) {
        Trigger trigger = new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", formId), null);
        return new WorkflowChange(owner, WorkflowId.random(), 1, active, trigger, Instant.now());
    }

    private void publish(WorkflowChange change) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(List.of(new Fact(
                        Topic.WORKFLOW_CHANGES, WorkflowChange.key(change.orgId(), change.workflowId()), change))));
    }

    private void largestMessage(String bytes) throws Exception {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.Name.INBOUND);
            AlterConfigOp set =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        }
    }

    private void awaitLeads(OrgId owner, Lead... leads) {
        Set<String> ids = new HashSet<>();
        for (Lead lead : leads) {
            ids.add(lead.id());
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published.leadsOf(owner)).containsAll(ids));
    }

    private Instant awaitSwept(OrgId owner, String formId) {
        await().atMost(SOON).until(() -> {
            PollState state = found(owner, formId).get(owner + ":" + formId);
            return state != null && state.sweptUntil() != null;
        });
        return Objects.requireNonNull(state(owner, formId).sweptUntil());
    }

    private void awaitLaterSweep(OrgId owner, String formId) {
        Instant before = awaitSwept(owner, formId);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(state(owner, formId).sweptUntil()).isAfter(before));
    }

    private void awaitError(OrgId owner, String formId, String code) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(state(owner, formId).lastError()).isEqualTo(code));
    }

    private PollState state(OrgId owner, String formId) {
        return Objects.requireNonNull(found(owner, formId).get(owner + ":" + formId));
    }

    private Map<String, PollState> found(OrgId owner, String formId) {
        return states.of(List.of(new FormSubscription(owner, formId, null, null)));
    }

    private static List<RecordedRequest> requests(String formId) {
        return SIMULATOR.requests().of(Vendor.GRAPH).stream()
                .filter(request -> request.path().contains("/" + formId + "/leads"))
                .toList();
    }

    private double refused() {
        return meters.counter("engine.polling.sweeps", "result", "access").count();
    }

    private JsonNode polls(OrgId caller, String query) {
        String token = tokens.mint("test", caller, InternalTokens.SCOPE_API);
        return json.readTree(http.get()
                .uri("/v1/polls" + query)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }
}
