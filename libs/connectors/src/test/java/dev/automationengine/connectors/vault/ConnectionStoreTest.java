package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Leases of connections: one at a time, and only the newest may store tokens. */
class ConnectionStoreTest {
    private static final String KEY = Opened.key("main", 1);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final String database =
            "connections_" + UUID.randomUUID().toString().replace("-", "");
    private final MongoClient client = MongoClients.create(LocalStack.shared().mongoUrl(database));
    private final MongoTemplate mongo = new MongoTemplate(client, database);
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private final InstantSource clock = now::get;
    private final OrgId org = OrgId.random();
    private final CredentialId id = CredentialId.random();
    private final Opened vault = open();
    private final ConnectionStore store = vault.connections();
    private final ConnectionList list = vault.list();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void of_many_processes_that_saw_the_same_one_gets_the_lease() {
        connect("a1", "r1");
        long rev = rev();
        List<Opened> processes = IntStream.range(0, 8).mapToObj(i -> open()).toList();
        long won = processes.parallelStream()
                .map(process -> process.connections().take(org, id, rev, LEASE))
                .filter(Optional::isPresent)
                .count();
        assertThat(won).isEqualTo(1);
        assertThat(store.take(org, id, rev(), LEASE)).isEmpty();
    }

    @Test
    void who_saw_older_tokens_gets_no_lease() {
        connect("a1", "r1");
        long seen = rev();
        ConnectionStore.Lease lease = take();
        store.store(org, lease, tokens("a2", "r2"), Map.of(), later());
        assertThat(store.take(org, id, seen, LEASE)).isEmpty();
        assertThat(accessToken()).isEqualTo("a2");
    }

    @Test
    void after_a_holder_that_fell_silent_the_next_one_knows_of_the_doubt_and_the_first_cannot_store() {
        connect("a1", "r1");
        ConnectionStore.Lease silent = take();
        assertThat(silent.inDoubt()).isFalse();
        now.updateAndGet(before -> before.plus(LEASE).plusMillis(1));
        ConnectionStore.Lease next = take();
        assertThat(next.inDoubt()).isTrue();
        assertThat(store.store(org, silent, tokens("lost", "lost"), Map.of(), later()))
                .isEmpty();
        assertThat(store.store(org, next, tokens("a2", "r2"), Map.of(), later()))
                .isPresent();
        assertThat(accessToken()).isEqualTo("a2");
        assertThat(take().inDoubt()).isFalse();
    }

    @Test
    void who_connects_anew_wins_over_a_refresh_under_way() {
        connect("a1", "r1");
        ConnectionStore.Lease lease = take();
        connect("fresh", "fresh-r");
        assertThat(store.store(org, lease, tokens("a2", "r2"), Map.of(), later()))
                .isEmpty();
        assertThat(store.breakOff(org, lease, "invalid_grant")).isFalse();
        assertThat(accessToken()).isEqualTo("fresh");
        assertThat(list.find(org, id).orElseThrow().state()).isEqualTo(ConnectionSummary.State.ACTIVE);
    }

    @Test
    void a_person_who_renames_it_meanwhile_costs_no_tokens() {
        connect("a1", "r1");
        ConnectionStore.Lease lease = take();
        vault.write().replace(org, id, new CredentialChange(null, "Renamed", attributes(), null, Duration.ZERO));
        assertThat(store.store(org, lease, tokens("a2", "r2"), Map.of(), later()))
                .isPresent();
        assertThat(accessToken()).isEqualTo("a2");
        assertThat(list.find(org, id).orElseThrow().name()).isEqualTo("Renamed");
    }

    @Test
    void after_a_failure_nobody_tries_again_before_the_time() {
        connect("a1", "r1");
        store.postpone(org, take(), now.get().plusSeconds(10), false);
        assertThat(store.take(org, id, rev(), LEASE)).isEmpty();
        now.updateAndGet(before -> before.plusSeconds(11));
        assertThat(take().failures()).isEqualTo(1);
    }

    @Test
    void a_broken_connection_is_not_refreshed_and_says_so_to_every_reader() {
        connect("a1", "r1");
        store.breakOff(org, take(), "invalid_grant");
        assertThat(store.take(org, id, rev(), LEASE)).isEmpty();
        assertThat(ConnectionTokens.of(open().read().find(org, id).orElseThrow())
                        .orElseThrow()
                        .brokenAt())
                .isEqualTo(now.get());
        assertThat(list.broken(10)).isEqualTo(1);
    }

    @Test
    void tokens_are_sealed_and_encrypted_again_when_keys_rotate() {
        connect("secret-access", "secret-refresh");
        String stored = mongo.findAll(Document.class, "credentials").toString();
        assertThat(stored).doesNotContain("secret-access").doesNotContain("secret-refresh");
        Instant soon = now.get().plusSeconds(1);
        now.set(soon.plusSeconds(1));
        new Opened(mongo, clock, soon, Duration.ZERO, KEY).organization().run(org, () -> {});
        assertThat(mongo.findAll(Document.class, "credentials").toString()).isNotEqualTo(stored);
        assertThat(accessToken()).isEqualTo("secret-access");
    }

    @Test
    void attributes_that_come_with_tokens_are_taken_up_and_others_stay() {
        connect("a1", "r1");
        store.store(org, take(), tokens("a2", "r2"), Map.of("instance_url", "https://new.example"), later());

        assertThat(open().read().find(org, id).orElseThrow().attributes())
                .containsEntry("instance_url", "https://new.example")
                .containsAllEntriesOf(attributes());
        assertThat(accessToken()).isEqualTo("a2");
    }

    @Test
    void an_access_token_that_was_typed_in_is_no_connection() {
        Credential typed = new Credential(id, org, "hubspot", "App", Map.of(), Map.of("access_token", "t"));
        assertThat(ConnectionTokens.of(typed)).isEmpty();
        Credential before = new Credential(
                id, org, "google_sheets", "Sheets", Map.of(), Map.of("access_token", "t", "refresh_token", "r"));
        assertThat(ConnectionTokens.of(before)).isPresent();
    }

    @Test
    void another_organization_neither_sees_nor_leases_it() {
        connect("a1", "r1");
        OrgId stranger = OrgId.random();
        assertThat(list.find(stranger, id)).isEmpty();
        assertThat(store.read(stranger, id)).isEmpty();
        assertThat(store.take(stranger, id, rev(), LEASE)).isEmpty();
        assertThat(list.list(stranger, null, 10)).isEmpty();
    }

    @Test
    void who_may_not_refresh_asks_for_it_and_a_failure_is_not_hurried() {
        connect("a1", "r1");
        RefreshRequests requests = new RefreshRequests(mongo, clock);
        assertThat(idle()).isEmpty();

        requests.ask(OrgId.random(), id);
        now.updateAndGet(before -> before.plusMillis(1));
        assertThat(idle()).isEmpty();

        requests.ask(org, id);
        now.updateAndGet(before -> before.plusMillis(1));
        assertThat(idle()).containsExactly(id);

        store.postpone(org, take(), now.get().plusSeconds(10), false);
        requests.ask(org, id);
        now.updateAndGet(before -> before.plusMillis(1));
        assertThat(idle()).isEmpty();
    }

    private List<CredentialId> idle() {
        return list.idle(List.of("crm_oauth"), 10).stream()
                .map(ConnectionList.Idle::id)
                .toList();
    }

    private Opened open() {
        return new Opened(mongo, clock, null, Duration.ZERO, KEY);
    }

    private void connect(String access, String refresh) {
        Credential as = new Credential(id, org, "crm_oauth", "CRM", attributes(), Map.of());
        assertThat(store.connect(as, tokens(access, refresh), "user_1", later()))
                .isTrue();
    }

    private ConnectionStore.Lease take() {
        return store.take(org, id, rev(), LEASE).orElseThrow();
    }

    private long rev() {
        return store.read(org, id).orElseThrow().rev();
    }

    private String accessToken() {
        return ConnectionTokens.of(open().read().find(org, id).orElseThrow())
                .orElseThrow()
                .accessToken();
    }

    private ConnectionTokens tokens(String access, String refresh) {
        return new ConnectionTokens(access, refresh, now.get().plusSeconds(60), now.get(), null);
    }

    private Instant later() {
        return now.get().plus(Duration.ofDays(1));
    }

    private static Map<String, String> attributes() {
        return Map.of("base_url", "https://crm.example");
    }
}
