package dev.automationengine.polling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.vault.ConnectionList;
import dev.automationengine.connectors.vault.ConnectionList.Idle;
import dev.automationengine.connectors.vault.ConnectionStore;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.WorkflowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Contacts in HubSpot, asked for by the time of their change. */
class HubSpotSourceTest extends SourceScene {
    private static final String KEY = Objects.requireNonNull(DemoAccounts.KEYS.get(Vendor.HUBSPOT));
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.now());
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0, CLOCK::get);

    @DynamicPropertySource
    static void simulator(DynamicPropertyRegistry properties) {
        properties.add(
                "engine.polling.sources.connector-settings.[hubspot_url]",
                () -> SIMULATOR.url(Vendor.HUBSPOT).toString());
        properties.add("engine.polling.sources.max-pages", () -> 2);
    }

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        CLOCK.set(Instant.now().plusSeconds(2));
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private WorkflowChange activate(Map<String, Object> trigger) {
        credentials.create(org, "hubspot", "HubSpot", Map.of(), Map.of("access_token", KEY));
        return activate(org, trigger, null);
    }

    /** Made or changed a moment after the one before. */
    private static void contact(int id) {
        CLOCK.updateAndGet(now -> now.plusMillis(20));
        SIMULATOR.hubSpotContacts().put(Integer.toString(id), Map.of("email", "joe" + id + "@example.com"));
    }

    @Test
    void new_contacts_are_told_once_and_those_before_the_first_look_never() {
        CLOCK.set(Instant.now().minusSeconds(30));
        contact(1);
        WorkflowChange workflow = activate(Map.of("source", "hubspot_contacts"));
        awaitLook(workflow);
        CLOCK.set(Instant.now().plusSeconds(2));
        contact(2);
        awaitRecords(org, "2");
        contact(2);
        contact(3);
        awaitRecords(org, "3");
        awaitLook(workflow);
        awaitLook(workflow);

        assertThat(published.identitiesOf(org)).containsExactly("2", "3");
        assertThat(published.of(org).getFirst().records().getFirst().data().toString())
                .contains("joe2@example.com");
    }

    @Test
    void a_change_is_news_where_changes_are_wanted() {
        WorkflowChange workflow = activate(Map.of("source", "hubspot_contact_changes"));
        awaitLook(workflow);
        contact(5);
        await().atMost(SOON).until(() -> published.identitiesOf(org).size() == 1);
        contact(5);
        await().atMost(SOON).until(() -> published.identitiesOf(org).size() == 2);
        awaitLook(workflow);

        assertThat(published.identitiesOf(org))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(each -> each.startsWith("5@"));
    }

    @Test
    void a_backfill_of_more_than_one_look_takes_comes_whole() {
        for (int id = 0; id < 450; id++) {
            contact(id);
        }
        WorkflowChange workflow = activate(Map.of("source", "hubspot_contacts", "first", "backfill"));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(new HashSet<>(published.identitiesOf(org))).hasSize(450));
        awaitLook(workflow);
        awaitLook(workflow);
        assertThat(published.identitiesOf(org)).hasSize(450);
        contact(1000);
        awaitRecords(org, "1000");
    }

    @Test
    void what_search_shows_late_is_not_missed() {
        WorkflowChange workflow = activate(Map.of("source", "hubspot_contacts"));
        awaitLook(workflow);
        contact(7);
        awaitRecords(org, "7");
        SIMULATOR.hubSpotContacts().searchLag(Duration.ofSeconds(2));
        contact(8);
        awaitLook(workflow);
        assertThat(published.identitiesOf(org)).containsExactly("7");
        CLOCK.updateAndGet(now -> now.plusSeconds(3));

        awaitRecords(org, "8");
        assertThat(published.identitiesOf(org)).containsExactly("7", "8");
    }

    @Test
    void a_refused_token_is_told_and_what_came_meanwhile_is_not_lost() {
        WorkflowChange workflow = activate(Map.of("source", "hubspot_contacts"));
        awaitLook(workflow);
        SIMULATOR.tokens().revokeKey(Vendor.HUBSPOT, KEY);
        awaitError(workflow, "EXPIRED_AUTHENTICATION");
        contact(9);
        SIMULATOR.tokens().key(Vendor.HUBSPOT, KEY);
        SIMULATOR.faults().add(Vendor.HUBSPOT, Fault.reset().times(1));

        awaitRecords(org, "9");
    }

    @Test
    void a_connection_is_refreshed_for_looks_and_what_came_while_its_token_was_over_is_not_lost(
            @Autowired ConnectionStore connections, @Autowired ConnectionList list) {
        Instant now = Instant.now();
        CredentialId id = CredentialId.random();
        connect(connections, id, new ConnectionTokens(KEY, "r1", now.plusSeconds(3600), now.plusSeconds(1800), null));
        WorkflowChange workflow = activate(org, Map.of("source", "hubspot_contacts"), id);
        awaitLook(workflow);
        assertThat(list.idle(List.of("hubspot"), 100)).extracting(Idle::id).doesNotContain(id);

        connect(connections, id, new ConnectionTokens(KEY, "r1", now.plusSeconds(3600), now.minusSeconds(1), null));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(list.idle(List.of("hubspot"), 100))
                        .extracting(Idle::id)
                        .contains(id));
        awaitLook(workflow);

        connect(connections, id, new ConnectionTokens(KEY, "r1", now.minusSeconds(1), now.minusSeconds(9), null));
        assertThat(awaitError(workflow, "connection_expired").advice()).contains("by itself");
        contact(11);
        connect(connections, id, new ConnectionTokens(KEY, "r2", now.plusSeconds(3600), now.plusSeconds(1800), null));
        awaitRecords(org, "11");
    }

    @Test
    void a_broken_connection_is_told(@Autowired ConnectionStore connections) {
        CredentialId id = CredentialId.random();
        connect(connections, id, new ConnectionTokens(KEY, "r1", null, null, Instant.now()));
        WorkflowChange workflow = activate(org, Map.of("source", "hubspot_contacts", "first", "backfill"), id);

        awaitError(workflow, "connection_broken");
    }

    private void connect(ConnectionStore connections, CredentialId id, ConnectionTokens tokens) {
        Credential as = new Credential(id, org, "hubspot", "HubSpot", Map.of(), Map.of());
        assertThat(connections.connect(as, tokens, "test", Instant.now().plus(Duration.ofDays(1))))
                .isTrue();
    }
}
