package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.automationengine.gateway.access.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** What an API key may do, how long, and when it was used last. */
class ApiKeyScopesTest extends GatewayScene {
    private static final String KEYS = "/v1/api-keys";

    @Autowired
    private MongoTemplate mongo;

    @Test
    void a_key_does_what_its_scopes_say_and_nothing_else() throws Exception {
        JsonNode made = make(newTenant("Acme").key(), Map.of("name", "ci", "scopes", List.of("executions:write")));
        assertThat(made.at("/scopes").toString()).isEqualTo("[\"executions:write\"]");
        String key = made.at("/key").asString();
        assertStatus(post("/v1/workflows/wf_1:run", key, Map.of()), 200);
        assertStatus(post("/v1/workflows", key, Map.of()), 403);
        assertStatus(authorized("/v1/executions", key).GET(), 403);
        assertStatus(post(KEYS, key, Map.of("name", "more")), 403);
    }

    @Test
    void nobody_makes_a_key_that_may_do_more_than_the_maker() throws Exception {
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        HttpResponse<String> refused =
                send(post(KEYS, admin.accessToken(), Map.of("name", "x", "scopes", List.of("organization:write"))));
        assertProblem(refused, 403, "forbidden");
        assertThat(json.readTree(refused.body()).at("/errors/0/pointer").asString())
                .isEqualTo("/scopes");
        JsonNode all = make(admin.accessToken(), Map.of("name", "x"));
        assertThat(all.at("/scopes").toString()).contains("keys:write").doesNotContain("organization:write");
        String limited = make(admin.accessToken(), Map.of("name", "y", "scopes", List.of("keys:write")))
                .at("/key")
                .asString();
        assertStatus(post(KEYS, limited, Map.of("name", "z", "scopes", List.of("workflows:read"))), 403);
    }

    @Test
    void a_scope_that_does_not_exist_is_refused() throws Exception {
        assertProblem(
                send(post(KEYS, newTenant("Acme").key(), Map.of("name", "x", "scopes", List.of("all")))),
                400,
                "invalid-request");
        assertStatus(post(KEYS, newTenant("Acme").key(), Map.of("name", "x", "scopes", List.of())), 400);
    }

    @Test
    void a_key_ends_when_it_was_said_to() throws Exception {
        Tenant tenant = newTenant("Acme");
        Instant end = clock.instant().plus(Duration.ofHours(1));
        String key = make(tenant.key(), Map.of("name", "x", "expires_at", end.toString()))
                .at("/key")
                .asString();
        assertStatus(authorized("/v1/workflows", key).GET(), 200);
        clock.advance(Duration.ofHours(1));
        // Remembered or not: the time counts.
        assertProblem(send(authorized("/v1/workflows", key).GET()), 401, "unauthenticated");
        assertStatus(authorized("/v1/workflows", tenant.key()).GET(), 200);
        HttpResponse<String> late = send(post(KEYS, tenant.key(), Map.of("name", "x", "expires_at", end.toString())));
        assertProblem(late, 400, "invalid-request");
    }

    @Test
    void a_list_tells_prefix_maker_and_last_use() throws Exception {
        Tenant tenant = newTenant("Acme");
        Person admin = newMember(tenant, Role.ADMIN);
        JsonNode made = make(admin.accessToken(), Map.of("name", "ci", "scopes", List.of("workflows:read")));
        assertThat(listed(admin, made).at("/last_used_at").isString()).isFalse();
        assertStatus(authorized("/v1/workflows", made.at("/key").asString()).GET(), 200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(Instant.parse(
                                listed(admin, made).at("/last_used_at").asString()))
                        .isCloseTo(clock.instant(), within(Duration.ofMinutes(1))));
        assertThat(made.at("/key").asString())
                .startsWith(listed(admin, made).at("/prefix").asString() + "_");
        assertThat(listed(admin, made).at("/created_by").asString()).isEqualTo(idOf(admin));
    }

    @Test
    void a_key_from_before_there_were_scopes_may_do_everything() throws Exception {
        Tenant tenant = newTenant("Acme");
        mongo.getCollection("api_keys")
                .updateOne(
                        new Document("_id", tenant.keyId()),
                        new Document("$unset", new Document("scopes", "").append("created_by", "")));
        assertStatus(authorized(KEYS, tenant.key()).GET(), 200);
        assertStatus(post("/v1/workflows", tenant.key(), Map.of()), 200);
    }

    private JsonNode make(String bearer, Map<String, Object> wanted) throws Exception {
        return read(post(KEYS, bearer, wanted));
    }

    private JsonNode listed(Person admin, JsonNode key) throws Exception {
        return read(authorized(KEYS, admin.accessToken()).GET())
                .at("/items")
                .valueStream()
                .filter(item -> item.at("/id").equals(key.at("/id")))
                .findFirst()
                .orElseThrow();
    }
}
