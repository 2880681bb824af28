package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

class KeyRotationTest {
    private static final String OLD = Opened.key("old", 1);
    private static final String NEW = Opened.key("new", 2);
    private static final int ORGANIZATIONS = 20;

    private final String database = "rotation_" + UUID.randomUUID().toString().replace("-", "");
    private final MongoClient client = MongoClients.create(LocalStack.shared().mongoUrl(database));
    private final MongoTemplate mongo = new MongoTemplate(client, database);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final AtomicReference<Instant> clock = new AtomicReference<>(now);
    private final InstantSource time = clock::get;
    private final Map<CredentialId, OrgId> stored = new LinkedHashMap<>();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void both_kinds_of_keys_are_replaced_while_credentials_are_read_without_pause() {
        Opened before = open(null, OLD);
        fill(before);
        clock.set(now.plusSeconds(1));
        Opened rotating = open(clock.get(), NEW, OLD);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                // A vault without a warm cache each time: what is read is what is stored at that moment.
                readAll(open(null, NEW, OLD));
                reads.incrementAndGet();
            }
        });

        rotating.rotation().run();
        stop.set(true);
        reader.join();

        assertThat(reads).hasPositiveValue();
        assertThat(rotating.rotation().state().orElseThrow().counts())
                .isEqualTo(new RotationCounts(ORGANIZATIONS, stored.size(), 0));
        assertThat(mongo.findAll(Document.class, DataKeys.COLLECTION))
                .allSatisfy(key -> assertThat(key.getString("wrapped")).startsWith("v1:new:"));
        assertThat(mongo.findAll(Document.class, CredentialStore.COLLECTION))
                .allSatisfy(credential ->
                        assertThat(credential.getString("ciphertext")).startsWith("v1:2:"));
        Opened after = open(null, NEW);
        after.canary().check();
        readAll(after);
    }

    @Test
    void the_old_master_key_may_go_after_the_rotation_and_not_before() {
        fill(open(null, OLD));
        assertThatThrownBy(() -> open(null, NEW).canary().check())
                .isInstanceOf(WrongMasterKeyException.class)
                .hasMessageContaining("old");

        Opened rotating = open(null, NEW, OLD);
        rotating.rotation().run();

        open(null, NEW).canary().check();
        assertThatThrownBy(() -> open(null, OLD).canary().check()).isInstanceOf(WrongMasterKeyException.class);
    }

    @Test
    void a_pass_that_was_killed_goes_on_where_it_was_once_its_lease_is_over() {
        fill(open(null, OLD));
        // The tenth write of a data key is the last that its process makes: it does not even give the lease back.
        MortalMongo mortal = new MortalMongo(client, database, 10);
        Opened dying = new Opened(mortal, time, null, Duration.ZERO, NEW, OLD);
        assertThatThrownBy(() -> dying.rotation().run()).isInstanceOf(MortalMongo.Dead.class);
        assertThat(wrappedBy("new")).isEqualTo(10);
        Opened other = open(null, NEW, OLD);

        other.rotation().run();
        assertThat(wrappedBy("new")).isEqualTo(10);

        clock.set(now.plusSeconds(31));
        other.rotation().run();
        assertThat(wrappedBy("new")).isEqualTo(ORGANIZATIONS);
        RotationState state = other.rotation().state().orElseThrow();
        // The place of the tenth was not kept any more, its key was wrapped: it is not wrapped again.
        assertThat(state.counts().wrapped()).isEqualTo(ORGANIZATIONS - 1);
        assertThat(state.startedAt()).isEqualTo(now);
        assertThat(state.completedAt()).isEqualTo(clock.get());
        readAll(open(null, NEW));
    }

    @Test
    void two_that_run_at_once_do_no_harm() {
        fill(open(null, OLD));
        clock.set(now.plusSeconds(1));
        Instant before = clock.get();
        CompletableFuture<?>[] both = new CompletableFuture<?>[2];
        for (int i = 0; i < both.length; i++) {
            // Each believes that the other's lease is over: the worst that a slow clock can do.
            Opened each = open(before, NEW, OLD);
            both[i] = CompletableFuture.runAsync(() -> stored.values().stream()
                    .distinct()
                    .forEach(org -> each.organization().run(org, () -> {})));
        }
        CompletableFuture.allOf(both).join();
        readAll(open(null, NEW, OLD));
        assertThat(keys()).isEqualTo(2 * ORGANIZATIONS);
        assertThat(wrappedBy("new")).isEqualTo(2 * ORGANIZATIONS);
    }

    @Test
    void a_credential_that_cannot_be_read_stops_neither_the_others_nor_goes_unnoticed() {
        fill(open(null, OLD));
        CredentialId broken = stored.keySet().iterator().next();
        mongo.updateFirst(byId(broken), Update.update("attributes.base_url", "x"), CredentialStore.COLLECTION);
        clock.set(now.plusSeconds(1));
        Opened rotating = open(clock.get(), NEW, OLD);
        rotating.rotation().run();
        assertThat(rotating.rotation().state().orElseThrow().counts())
                .isEqualTo(new RotationCounts(ORGANIZATIONS, stored.size() - 1, 1));
        // Somebody has to look first: the old key is still asked for.
        assertThatThrownBy(() -> open(null, NEW).canary().check()).isInstanceOf(WrongMasterKeyException.class);
        stored.remove(broken);
        readAll(rotating);
    }

    @Test
    void data_keys_grow_old_and_those_that_encrypt_nothing_go_a_day_later() {
        fill(open(null, OLD));
        clock.set(now.plus(Duration.ofDays(91)));
        Opened vault = new Opened(mongo, time, null, Duration.ofDays(90), OLD);
        vault.rotation().run();
        assertThat(keys()).isEqualTo(2 * ORGANIZATIONS);

        clock.set(clock.get().plus(Duration.ofHours(23)));
        vault.rotation().run();
        assertThat(keys()).isEqualTo(2 * ORGANIZATIONS);

        clock.set(clock.get().plus(Duration.ofHours(2)));
        vault.rotation().run();
        assertThat(keys()).isEqualTo(ORGANIZATIONS);
        readAll(open(null, OLD));
    }

    @Test
    void an_instant_that_is_still_to_come_replaces_nothing_yet() {
        fill(open(null, OLD));
        open(now.plusSeconds(60), OLD).rotation().run();
        assertThat(keys()).isEqualTo(ORGANIZATIONS);
    }

    @Test
    void a_finished_pass_is_not_repeated_at_once() {
        fill(open(null, OLD));
        Opened vault = open(null, NEW, OLD);
        vault.rotation().run();
        RotationState done = vault.rotation().state().orElseThrow();
        clock.set(now.plusSeconds(60));
        vault.rotation().run();
        assertThat(vault.rotation().state()).hasValue(done);
    }

    private Opened open(@Nullable Instant dataKeysBefore, String... masterKeys) {
        return new Opened(mongo, time, dataKeysBefore, Duration.ZERO, masterKeys);
    }

    private void fill(Opened vault) {
        for (int i = 0; i < ORGANIZATIONS; i++) {
            OrgId org = OrgId.random();
            for (int j = 0; j < 3; j++) {
                Map<String, String> attributes = Map.of("base_url", "https://crm.example/" + j);
                Map<String, String> secrets = Map.of("api_key", "secret of " + org + j);
                stored.put(
                        vault.write()
                                .create(org, "crm_http", "CRM", attributes, secrets)
                                .id(),
                        org);
            }
        }
    }

    private void readAll(Opened vault) {
        stored.forEach((id, org) -> assertThat(
                        vault.read().find(org, id).orElseThrow().secrets().get("api_key"))
                .startsWith("secret of " + org));
    }

    private long wrappedBy(String masterKey) {
        return mongo.count(
                query(where("wrapped").regex("^v1:" + masterKey).and("org_id").ne("canary")), DataKeys.COLLECTION);
    }

    private long keys() {
        return mongo.count(query(where("org_id").ne("canary")), DataKeys.COLLECTION);
    }

    private Query byId(CredentialId id) {
        return query(where("_id").is(id.value()));
    }
}
