package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.databind.JsonNode;

/** Signing in with address and password, and what an access token is good for. */
@ExtendWith(OutputCaptureExtension.class)
class LoginTest extends GatewayScene {
    private static final String LOGIN = "/v1/auth/login";

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private MongoTemplate mongo;

    @Test
    void an_owner_signs_in_and_works_in_the_own_organization() throws Exception {
        Person owner = newOwner();
        assertStatus(authorized("/v1/workflows", owner.accessToken()).GET(), 200);
        Jwt internal = token(seen(DISPATCHER));
        assertThat(internal.getClaimAsString("org")).isEqualTo(owner.tenant().org());
        assertThat(internal.getClaimAsString("scope")).isEqualTo(InternalTokens.SCOPE_API);
        assertThat(internal.getClaimAsString("role")).isEqualTo("owner");
        assertThat(internal.getSubject()).startsWith("user_");

        JsonNode me = read(authorized("/v1/me", owner.accessToken()).GET());
        assertThat(me.at("/email").asString()).isEqualTo(owner.email());
        assertThat(me.at("/role").asString()).isEqualTo("owner");
        assertThat(me.at("/organization_id").asString())
                .isEqualTo(owner.tenant().org());
        assertThat(me.at("/scopes").toString()).contains("organization:write");
    }

    @Test
    void a_key_learns_who_it_is_too() throws Exception {
        Tenant tenant = newTenant("Acme");
        JsonNode me = read(authorized("/v1/me", tenant.key()).GET());
        assertThat(me.at("/id").asString()).isEqualTo(tenant.keyId());
        assertThat(me.at("/email").isString()).isFalse();
    }

    @Test
    void an_address_is_the_same_however_it_is_written() throws Exception {
        Person owner = newOwner();
        login(owner.tenant(), " " + owner.email().toUpperCase(Locale.ROOT), PASSWORD);
    }

    @Test
    void the_answer_and_the_work_are_the_same_for_a_wrong_password_and_an_unknown_address() throws Exception {
        Person owner = newOwner();
        long before = hashesCompared();
        HttpResponse<String> wrong = send(post(LOGIN, null, Map.of("email", owner.email(), "password", "wrong")));
        assertThat(hashesCompared()).isEqualTo(before + 1);
        HttpResponse<String> unknown =
                send(post(LOGIN, null, Map.of("email", "nobody@example.com", "password", "wrong")));
        // A hash is compared for nobody, too: that is where the time goes.
        assertThat(hashesCompared()).isEqualTo(before + 2);
        assertProblem(wrong, 401, "unauthenticated");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.statusCode()).isEqualTo(401);
    }

    @Test
    void an_access_token_ends_after_ten_minutes() throws Exception {
        Person owner = newOwner();
        clock.advance(Duration.ofMinutes(9));
        assertStatus(authorized("/v1/me", owner.accessToken()).GET(), 200);
        clock.advance(Duration.ofSeconds(71));
        assertProblem(send(authorized("/v1/me", owner.accessToken()).GET()), 401, "unauthenticated");
    }

    @Test
    void a_changed_access_token_and_a_refresh_token_are_no_access_tokens() throws Exception {
        Person owner = newOwner();
        String token = owner.accessToken();
        String tampered = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
        assertProblem(send(authorized("/v1/me", tampered).GET()), 401, "unauthenticated");
        assertProblem(send(authorized("/v1/me", owner.refreshToken()).GET()), 401, "unauthenticated");
    }

    @Test
    void one_address_is_one_user_in_all_organizations() throws Exception {
        Person owner = newOwner();
        long before = mongo.getCollection("organizations").countDocuments();
        HttpResponse<String> second = send(post(
                "/v1/organizations",
                LocalStackInitializer.BOOTSTRAP_TOKEN,
                Map.of("name", "Other", "owner", Map.of("email", owner.email(), "name", "X", "password", PASSWORD))));
        assertProblem(second, 409, "conflict");
        assertThat(json.readTree(second.body()).at("/errors/0/pointer").asString())
                .isEqualTo("/email");
        assertThat(mongo.getCollection("organizations").countDocuments()).isEqualTo(before);
    }

    @Test
    void an_address_that_an_interruption_left_without_user_is_free_after_a_minute() throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        Map<String, Object> wanted =
                Map.of("name", "Acme", "owner", Map.of("email", email, "name", "X", "password", PASSWORD));
        String operator = LocalStackInitializer.BOOTSTRAP_TOKEN;
        String user = read(post("/v1/organizations", operator, wanted))
                .at("/organization/id")
                .asString();
        mongo.getCollection("users").deleteOne(new Document("org_id", user));
        assertProblem(send(post("/v1/organizations", operator, wanted)), 409, "conflict");
        clock.advance(Duration.ofSeconds(61));
        assertStatus(post("/v1/organizations", operator, wanted), 201);
    }

    @Test
    void a_short_password_is_refused_with_its_place() throws Exception {
        HttpResponse<String> answer = send(post(
                "/v1/organizations",
                LocalStackInitializer.BOOTSTRAP_TOKEN,
                Map.of("name", "A", "owner", Map.of("email", "x@example.com", "name", "X", "password", "short"))));
        assertProblem(answer, 400, "invalid-request");
        assertThat(json.readTree(answer.body()).at("/errors/0/pointer").asString())
                .isEqualTo("/owner/password");
    }

    @Test
    void no_secret_is_logged_or_stored_in_the_clear(CapturedOutput output) throws Exception {
        Person owner = newOwner();
        Person again = refreshed(owner);
        send(post("/v1/auth/refresh", null, Map.of("refresh_token", owner.refreshToken())));
        send(post(LOGIN, null, Map.of("email", owner.email(), "password", "another wrong one")));
        StringBuilder stored = new StringBuilder();
        for (String collection : List.of("users", "logins", "sessions", "login_attempts", "api_keys")) {
            mongo.getCollection(collection)
                    .find()
                    .forEach(document -> stored.append(document.toJson()).append('\n'));
        }
        String secretOf = again.refreshToken().substring(again.refreshToken().lastIndexOf('_') + 1);
        assertThat(stored).contains("argon2id").doesNotContain(PASSWORD, secretOf, owner.accessToken());
        assertThat(output)
                .contains("came a second time")
                .doesNotContain(PASSWORD, "another wrong one", secretOf, owner.accessToken(), owner.email());
    }

    private Person refreshed(Person person) throws Exception {
        JsonNode tokens = read(post("/v1/auth/refresh", null, Map.of("refresh_token", person.refreshToken())));
        return new Person(
                person.tenant(),
                person.email(),
                tokens.at("/access_token").asString(),
                tokens.at("/refresh_token").asString());
    }

    private long hashesCompared() {
        return meters.timer("engine.gateway.password.checked").count();
    }
}
