package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.StubUpstream.Seen;
import dev.automationengine.kit.security.InternalTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.databind.JsonNode;

/** API keys, as programs that hold one see them. */
class ApiKeyTest extends GatewayScene {
    @Test
    void the_key_is_replaced_by_a_token_of_its_organization() throws Exception {
        Tenant tenant = newTenant("Acme");
        send(authorized("/v1/workflows/wf_1?x=1", tenant.key()).GET());
        Seen seen = seen(DISPATCHER);
        assertThat(seen.uri()).isEqualTo("/v1/workflows/wf_1?x=1");
        assertThat(String.valueOf(seen.header("Authorization"))).doesNotContain(tenant.key());
        Jwt token = token(seen);
        assertThat(token.getClaimAsString("org")).isEqualTo(tenant.org());
        assertThat(token.getClaimAsString("scope")).isEqualTo(InternalTokens.SCOPE_API);
        assertThat(token.getSubject()).isEqualTo(tenant.keyId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ae_00000000000000000000000000_0000000000000000000000000000000000000000000",
                "Bearer nonsense",
                "Basic YTpi",
                "Bearer",
                ""
            })
    void a_caller_without_a_valid_key_gets_401_and_reaches_nobody(String authorization) throws Exception {
        HttpRequest.Builder request = request("/v1/workflows");
        HttpResponse<String> answer =
                send((authorization.isEmpty() ? request : request.header("Authorization", authorization)).GET());
        assertProblem(answer, 401, "unauthenticated");
        assertThat(DISPATCHER.next()).isNull();
    }

    @Test
    void a_key_with_a_wrong_secret_gets_401() throws Exception {
        String key = newTenant("Acme").key();
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A');
        assertProblem(send(authorized("/v1/workflows", wrong).GET()), 401, "unauthenticated");
    }

    @Test
    void an_internal_token_is_not_a_key() throws Exception {
        send(request("/webhooks/meta").GET());
        String internal = String.valueOf(seen(TRIGGER).header("Authorization")).substring("Bearer ".length());
        assertProblem(send(authorized("/v1/workflows", internal).GET()), 401, "unauthenticated");
    }

    @Test
    void a_second_key_works_until_it_is_deleted() throws Exception {
        Tenant tenant = newTenant("Acme");
        HttpResponse<String> created = send(create("/v1/api-keys", tenant.key(), "{\"name\":\"ci\"}"));
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode key = json.readTree(created.body());
        String text = key.at("/key").asString();
        assertThat(send(authorized("/v1/workflows", text).GET()).statusCode()).isEqualTo(200);

        HttpResponse<String> deleted =
                send(authorized("/v1/api-keys/" + key.at("/id").asString(), tenant.key())
                        .DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertProblem(send(authorized("/v1/workflows", text).GET()), 401, "unauthenticated");
    }

    @Test
    void keys_are_listed_in_pages_without_their_secrets() throws Exception {
        Tenant tenant = newTenant("Acme");
        send(create("/v1/api-keys", tenant.key(), "{\"name\":\"ci\"}"));
        JsonNode first = json.readTree(
                send(authorized("/v1/api-keys?limit=1", tenant.key()).GET()).body());
        String cursor = first.at("/next_cursor").asString();
        HttpResponse<String> answer = send(authorized("/v1/api-keys?limit=1&cursor=" + cursor, tenant.key())
                .GET());
        JsonNode second = json.readTree(answer.body());
        assertThat(first.at("/items")).hasSize(1);
        assertThat(second.at("/items")).hasSize(1);
        assertThat(second.at("/items/0/id")).isNotEqualTo(first.at("/items/0/id"));
        assertThat(second.at("/next_cursor").isString()).isFalse();
        assertThat(second.at("/items/0").propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "prefix", "name", "scopes", "created_at", "created_by", "expires_at", "last_used_at");
        assertProblem(send(authorized("/v1/api-keys?limit=0", tenant.key()).GET()), 400, "invalid-request");
    }

    @Test
    void another_organizations_key_cannot_be_listed_or_deleted() throws Exception {
        Tenant victim = newTenant("Victim");
        Tenant other = newTenant("Other");
        assertThat(send(authorized("/v1/api-keys", other.key()).GET()).body()).doesNotContain(victim.keyId());
        assertProblem(
                send(authorized("/v1/api-keys/" + victim.keyId(), other.key()).DELETE()), 404, "not-found");
        assertThat(send(authorized("/v1/api-keys", victim.key()).GET()).statusCode())
                .isEqualTo(200);
    }
}
