package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who signs in and out stands in the audit log, though such requests come without a token. */
class SignInAuditTest extends GatewayScene {
    private static final String LOGIN = "/v1/auth/login";

    @Test
    void coming_staying_and_going_are_recorded_with_who_and_from_where() throws Exception {
        Person owner = newOwner();
        String id = idOf(owner);
        assertStatus(post("/v1/auth/logout", null, Map.of("refresh_token", owner.refreshToken())), 204);

        List<JsonNode> records = records(owner);

        assertThat(lines(records)).containsExactly("POST " + LOGIN + " 200", "POST /v1/auth/logout 204");
        assertThat(records).allSatisfy(record -> {
            assertThat(record.path("actor").asString()).isEqualTo(id);
            assertThat(record.path("from").asString()).isEqualTo("127.0.0.1");
            assertThat(record.has("outcome_of")).isFalse();
        });
        assertThat(read(authorized("/v1/audit-log:verify", owner.tenant().key()).GET())
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_wrong_password_is_recorded_in_the_log_of_whose_account_it_was() throws Exception {
        Person owner = newOwner();
        assertStatus(post(LOGIN, null, Map.of("email", owner.email(), "password", "not the password")), 401);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lines(records(owner)))
                        .containsExactly("POST " + LOGIN + " 200", "POST " + LOGIN + " 401"));
    }

    @Test
    void an_address_that_nobody_has_is_recorded_nowhere() throws Exception {
        Person owner = newOwner();
        assertStatus(post(LOGIN, null, Map.of("email", "x" + owner.email(), "password", "not the password")), 401);
        assertStatus(post(LOGIN, null, Map.of("email", owner.email(), "password", PASSWORD)), 200);

        assertThat(lines(records(owner))).containsExactly("POST " + LOGIN + " 200", "POST " + LOGIN + " 200");
    }

    @Test
    void a_stolen_refresh_token_leaves_a_trace() throws Exception {
        Person owner = newOwner();
        Map<String, String> token = Map.of("refresh_token", owner.refreshToken());
        assertStatus(post("/v1/auth/refresh", null, token), 200);
        assertStatus(post("/v1/auth/refresh", null, token), 401);

        assertThat(lines(records(owner))).containsExactly("POST " + LOGIN + " 200", "POST /v1/auth/refresh 401");
    }

    private List<JsonNode> records(Person person) throws Exception {
        return read(authorized("/v1/audit-log", person.tenant().key()).GET())
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<String> lines(List<JsonNode> records) {
        return records.stream()
                .map(record -> record.path("method").asString() + " "
                        + record.path("path").asString() + " "
                        + record.path("status").asInt())
                .toList();
    }
}
