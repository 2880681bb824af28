package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.automationengine.gateway.access.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** Every change is in the log before it is made, and nothing in the log can be changed unnoticed. */
class AuditLogTest extends GatewayScene {
    @Autowired
    private MongoTemplate mongo;

    @Test
    void a_change_is_recorded_with_who_what_from_where_and_how_it_ended() throws Exception {
        Person owner = newOwner();
        DISPATCHER.answer(exchange -> exchange.sendResponseHeaders(404, -1));
        assertStatus(write("DELETE", "/v1/workflows/wf_1?secret=x", owner.accessToken(), Map.of()), 404);

        awaitRecords(owner.tenant(), 3);
        List<JsonNode> signInAndChange = records(owner.tenant().key());
        List<JsonNode> records = signInAndChange.subList(1, 3);
        JsonNode asked = records.getFirst();
        assertThat(asked.path("actor").asString()).isEqualTo(idOf(owner));
        assertThat(asked.path("role").asString()).isEqualTo("owner");
        assertThat(asked.path("method").asString()).isEqualTo("DELETE");
        assertThat(asked.path("path").asString()).isEqualTo("/v1/workflows/wf_1");
        assertThat(asked.path("from").asString()).isEqualTo("127.0.0.1");
        assertThat(asked.has("status")).isFalse();
        assertThat(records.getLast().path("outcome_of").asLong())
                .isEqualTo(asked.path("number").asLong());
        assertThat(records.getLast().path("status").asInt()).isEqualTo(404);
    }

    @Test
    void it_is_recorded_before_it_is_made() throws Exception {
        Tenant tenant = newTenant("Acme");
        AtomicReference<Long> recorded = new AtomicReference<>();
        DISPATCHER.answer(exchange -> {
            recorded.set(log().countDocuments(Filters.eq("org_id", tenant.org())));
            exchange.sendResponseHeaders(200, -1);
        });

        assertStatus(post("/v1/workflows/wf_1:activate", tenant.key(), Map.of()), 200);

        assertThat(recorded.get()).isEqualTo(1);
    }

    @Test
    void reading_and_what_is_refused_is_no_change() throws Exception {
        Tenant tenant = newTenant("Acme");
        Person viewer = newMember(tenant, Role.VIEWER);

        read(authorized("/v1/organizations/current", viewer.accessToken()).GET());
        assertStatus(post("/v1/workflows", viewer.accessToken(), Map.of()), 403);

        assertThat(records(tenant.key()))
                .extracting(record -> record.path("path").asString())
                .containsExactly("/v1/auth/login");
        assertStatus(authorized("/v1/audit-log", viewer.accessToken()).GET(), 403);
    }

    @Test
    void requests_at_once_make_one_chain_without_a_gap() throws Exception {
        Tenant tenant = newTenant("Acme");
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(() -> send(post("/v1/workflows/wf_1:activate", tenant.key(), Map.of()))
                    .statusCode());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }

        awaitRecords(tenant, 40);
        assertThat(verdict(tenant).path("intact").asBoolean()).isTrue();
    }

    @Test
    void a_changed_record_is_found() throws Exception {
        Tenant tenant = withFourRecords();
        log().updateOne(record(tenant, 3), Updates.set("actor", "somebody else"));

        assertBrokenAt(tenant, 3);
    }

    @Test
    void a_removed_record_is_found() throws Exception {
        Tenant tenant = withFourRecords();
        log().deleteOne(record(tenant, 2));

        assertBrokenAt(tenant, 2);
    }

    @Test
    void an_export_goes_on_where_the_one_before_ended() throws Exception {
        Tenant tenant = withFourRecords();

        var first =
                send(authorized("/v1/audit-log:export?limit=3", tenant.key()).GET());
        String cursor = first.headers().firstValue("X-Next-Cursor").orElseThrow();
        var second = send(authorized("/v1/audit-log:export?cursor=" + cursor, tenant.key())
                .GET());

        assertThat(first.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(first.body()
                        .lines()
                        .map(line -> json.readTree(line).path("number").asInt()))
                .containsExactly(1, 2, 3);
        assertThat(second.body()
                        .lines()
                        .map(line -> json.readTree(line).path("number").asInt()))
                .containsExactly(4);
    }

    @Test
    void another_organization_has_another_log() throws Exception {
        withFourRecords();

        assertThat(records(newTenant("Other").key())).isEmpty();
    }

    private Tenant withFourRecords() throws Exception {
        Tenant tenant = newTenant("Acme");
        assertStatus(post("/v1/workflows/wf_1:activate", tenant.key(), Map.of()), 200);
        assertStatus(post("/v1/workflows/wf_1:deactivate", tenant.key(), Map.of()), 200);
        awaitRecords(tenant, 4);
        return tenant;
    }

    /** The outcome of a long answer is recorded behind it. */
    private void awaitRecords(Tenant tenant, int records) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(verdict(tenant).path("number").asInt()).isEqualTo(records));
    }

    private void assertBrokenAt(Tenant tenant, int number) throws Exception {
        JsonNode verdict = verdict(tenant);
        assertThat(verdict.path("intact").asBoolean()).isFalse();
        assertThat(verdict.path("broken_at").asInt()).isEqualTo(number);
    }

    private JsonNode verdict(Tenant tenant) throws Exception {
        return read(authorized("/v1/audit-log:verify", tenant.key()).GET());
    }

    private List<JsonNode> records(String key) throws Exception {
        return read(authorized("/v1/audit-log", key).GET())
                .path("items")
                .valueStream()
                .toList();
    }

    private static Bson record(Tenant tenant, int number) {
        return Filters.and(Filters.eq("org_id", tenant.org()), Filters.eq("number", number));
    }

    private MongoCollection<Document> log() {
        return mongo.getCollection("audit_log");
    }
}
