package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.localstack.LocalStackInitializer;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Organizations: who makes them, and who sees them. */
class OrganizationTest extends GatewayScene {
    @Test
    void only_the_operator_creates_organizations() throws Exception {
        String body = "{\"name\":\"Other\"}";
        assertProblem(send(create("/v1/organizations", newTenant("Acme").key(), body)), 403, "forbidden");
        assertProblem(send(create("/v1/organizations", "wrong-bootstrap-token", body)), 401, "unauthenticated");
        HttpResponse<String> invalid =
                send(create("/v1/organizations", LocalStackInitializer.BOOTSTRAP_TOKEN, "{\"name\":\" \"}"));
        assertProblem(invalid, 400, "invalid-request");
        assertThat(json.readTree(invalid.body()).at("/errors/0/pointer").asString())
                .isEqualTo("/name");
    }

    @Test
    void the_operator_has_no_organization() throws Exception {
        assertProblem(
                send(authorized("/v1/api-keys", LocalStackInitializer.BOOTSTRAP_TOKEN)
                        .GET()),
                403,
                "forbidden");
    }

    @Test
    void an_organization_sees_itself() throws Exception {
        Tenant tenant = newTenant("Café Müller");
        JsonNode current = json.readTree(
                send(authorized("/v1/organizations/current", tenant.key()).GET())
                        .body());
        assertThat(current.at("/id").asString()).isEqualTo(tenant.org());
        assertThat(current.at("/name").asString()).isEqualTo("Café Müller");
        assertThat(current.at("/created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void an_owner_changes_name_and_plan_and_an_admin_does_not() throws Exception {
        Person owner = newOwner();
        String path = "/v1/organizations/current";
        JsonNode before = read(authorized(path, owner.accessToken()).GET());
        assertThat(before.at("/plan").asString()).isEqualTo("free");
        JsonNode after = read(write("PATCH", path, owner.accessToken(), Map.of("plan", "team")));
        assertThat(after.at("/plan").asString()).isEqualTo("team");
        assertThat(after.at("/name")).isEqualTo(before.at("/name"));
        assertThat(read(authorized(path, owner.accessToken()).GET())).isEqualTo(after);
        assertProblem(send(write("PATCH", path, owner.accessToken(), Map.of("plan", "gold"))), 400, "invalid-request");
        Person admin = newMember(owner.tenant(), Role.ADMIN);
        assertStatus(write("PATCH", path, admin.accessToken(), Map.of("name", "Mine")), 403);
    }
}
