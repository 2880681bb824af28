package dev.automationengine.polling.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.RecordedRequest;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.poll.PageWebhook;
import dev.automationengine.polling.poll.PollState;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.subscription.FormSubscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The app's subscriptions to pages, with a real store and Graph simulated. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.vault.owner=true", "engine.meta.app-id=" + DemoAccounts.APP})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
class PageWebhooksTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis());
    private static final Outcome SWEPT = new Outcome.Complete(0);
    private static final String OTHER_APP = "999";

    private final OrgId org = OrgId.random();
    private final String page = number();
    private final FormSubscription form = new FormSubscription(org, number(), null, null);

    @Autowired
    private ClaimedSweep sweep;

    @Autowired
    private PollStates states;

    @Autowired
    private PageApps apps;

    @Autowired
    private PageTokens pageTokens;

    @Autowired
    private PollingProperties properties;

    @Autowired
    private GraphProperties graph;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CredentialStore credentials;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private RestTestClient http;

    @DynamicPropertySource
    static void graph(DynamicPropertyRegistry properties) {
        properties.add("engine.meta.graph-url", SIMULATOR::graphUrl);
    }

    @BeforeEach
    void page() {
        SIMULATOR.reset();
        SIMULATOR.leads().form(page, form.formId());
        SIMULATOR.tokens().requireAppSecretProof(LocalStackInitializer.META_APP_SECRET);
    }

    @Test
    void a_sweep_subscribes_the_app_to_the_page_of_its_form_and_leaves_other_apps_alone() {
        SIMULATOR.pageApps().subscribe(page, OTHER_APP, Set.of("feed"));
        token();
        states.open(List.of(form), Instant.now(), Duration.ofDays(1));

        sweep.run(form, "me");

        assertThat(SIMULATOR.pageApps().of(page))
                .isEqualTo(Map.of(OTHER_APP, Set.of("feed"), DemoAccounts.APP, Set.of("leadgen")));
        http.get()
                .uri("/v1/polls")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.mint("test", org, InternalTokens.SCOPE_API))
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].webhook.state")
                .isEqualTo("subscribed")
                .jsonPath("$.items[0].webhook.page_id")
                .isEqualTo(page)
                .jsonPath("$.items[0].webhook.problem")
                .doesNotExist();
    }

    @Test
    void what_the_app_is_subscribed_to_besides_stays() {
        SIMULATOR.pageApps().subscribe(page, DemoAccounts.APP, Set.of("feed", "messages"));
        token();

        assertThat(check(Instant.now()).state()).isEqualTo(PageWebhook.State.SUBSCRIBED);

        assertThat(SIMULATOR.pageApps().of(page))
                .isEqualTo(Map.of(DemoAccounts.APP, Set.of("feed", "leadgen", "messages")));
    }

    @Test
    void a_subscription_that_is_there_is_only_read_and_a_lost_one_is_made_again_after_the_pause() {
        SIMULATOR.pageApps().subscribe(page, DemoAccounts.APP, Set.of("leadgen"));
        token();
        Instant now = Instant.now();

        check(now);
        assertThat(asked())
                .hasSize(1)
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));

        SIMULATOR.pageApps().unsubscribe(page, DemoAccounts.APP);
        check(now.plus(Duration.ofMinutes(59)));
        assertThat(asked()).as("nobody is asked before the pause has ended").hasSize(1);

        check(now.plus(Duration.ofMinutes(60)));
        assertThat(SIMULATOR.pageApps().of(page)).containsOnlyKeys(DemoAccounts.APP);
    }

    @Test
    void a_missing_right_is_told_and_tried_again_earlier() {
        token();
        SIMULATOR
                .faults()
                .add(
                        Vendor.GRAPH,
                        Fault.graphError(200, null, "Requires pages_manage_metadata")
                                .matching("subscribed_fields")
                                .times(1));
        Instant now = Instant.now();

        PageWebhook refused = check(now);

        assertThat(refused.state()).isEqualTo(PageWebhook.State.MISSING);
        assertThat(refused.problem()).isEqualTo("graph_200");
        PageWebhook later = check(now.plus(Duration.ofMinutes(10)));
        assertThat(later.state()).isEqualTo(PageWebhook.State.SUBSCRIBED);
        assertThat(later.problem()).isNull();
    }

    @Test
    void the_token_of_another_app_is_told() {
        SIMULATOR.tokens().app(token(), OTHER_APP);

        PageWebhook found = check(Instant.now());

        assertThat(found.problem()).isEqualTo("other_app");
        assertThat(SIMULATOR.pageApps().of(page)).containsOnlyKeys(OTHER_APP);
    }

    @Test
    void a_page_that_a_workflow_names_is_no_way_to_another_place_of_graph() {
        FormSubscription crooked = new FormSubscription(org, form.formId(), "me/accounts?x=", null);
        credentials.create(
                org, "meta_page", "page", Map.of("page_id", "me/accounts?x="), Map.of("access_token", "EAA1"));

        assertThat(check(crooked, graph, Instant.now()).problem()).isEqualTo("page_id_invalid");
        assertThat(SIMULATOR.requests().of(Vendor.GRAPH)).isEmpty();
    }

    @Test
    void nothing_is_asked_after_a_sweep_that_failed_nor_without_an_app() {
        token();
        PollState claim = claim(form, Instant.now());
        webhooks(graph, Instant.now())
                .check(form, claim, new Outcome.Failed(Outcome.Reason.ACCESS, "graph_190_463", 0));
        GraphProperties nameless = new GraphProperties(
                "",
                graph.appSecrets(),
                graph.graphUrl(),
                graph.graphVersion(),
                graph.appSecretProof(),
                graph.connectTimeout(),
                graph.callTimeout());
        webhooks(nameless, Instant.now()).check(form, claim, SWEPT);

        assertThat(SIMULATOR.requests().of(Vendor.GRAPH)).isEmpty();
    }

    private PageWebhook check(Instant now) {
        return check(form, graph, now);
    }

    private PageWebhook check(FormSubscription subject, GraphProperties settings, Instant now) {
        PollState claim = claim(subject, now);
        webhooks(settings, now).check(subject, claim, SWEPT);
        states.finish(claim, new PollState.Result(now, now, null, 0, null, 0), now);
        PollState state = Objects.requireNonNull(states.of(List.of(subject)).get(subject.key()));
        return Objects.requireNonNull(state.webhook());
    }

    private PollState claim(FormSubscription subject, Instant now) {
        states.open(List.of(subject), now, Duration.ofDays(1));
        return states.claim(subject, "me", now, Duration.ofMinutes(1), Duration.ofDays(1))
                .orElseThrow();
    }

    private PageWebhooks webhooks(GraphProperties settings, Instant now) {
        return new PageWebhooks(apps, pageTokens, states, properties, settings, meters, () -> now);
    }

    private List<RecordedRequest> asked() {
        return SIMULATOR.requests().of(Vendor.GRAPH).stream()
                .filter(request -> request.path().endsWith("/" + page + "/subscribed_apps"))
                .toList();
    }

    private String token() {
        String token = "EAA" + number();
        SIMULATOR.tokens().page(token, page);
        credentials.create(org, "meta_page", "page", Map.of("page_id", page), Map.of("access_token", token));
        return token;
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }
}
