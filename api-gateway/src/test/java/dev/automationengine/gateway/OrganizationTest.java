package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Organizations: who makes them, and who sees them. */
class OrganizationTest extends GatewayScene {
    private static final String CURRENT = "/v1/organizations/current";
    private static final String OPERATOR = LocalStackInitializer.BOOTSTRAP_TOKEN;

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
    void an_owner_changes_the_name_and_an_admin_does_not() throws Exception {
        Person owner = newOwner();
        JsonNode before = read(authorized(CURRENT, owner.accessToken()).GET());
        JsonNode after = read(write("PATCH", CURRENT, owner.accessToken(), Map.of("name", "Ours")));
        assertThat(after.at("/name").asString()).isEqualTo("Ours");
        assertThat(after.at("/plan")).isEqualTo(before.at("/plan"));
        assertThat(read(authorized(CURRENT, owner.accessToken()).GET())).isEqualTo(after);
        Person admin = newMember(owner.tenant(), Role.ADMIN);
        assertStatus(write("PATCH", CURRENT, admin.accessToken(), Map.of("name", "Mine")), 403);
    }

    @Test
    void nobody_gives_an_organization_another_plan_but_the_operator() throws Exception {
        Person owner = newOwner();
        String path = "/v1/organizations/" + owner.tenant().org() + "/plan";
        Map<String, String> team = Map.of("plan", "team");
        assertProblem(send(write("PUT", path, owner.accessToken(), team)), 403, "forbidden");
        assertProblem(send(write("PUT", path, owner.tenant().key(), team)), 403, "forbidden");
        HttpResponse<String> refused = send(write("PATCH", CURRENT, owner.accessToken(), team));
        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.body()).contains("/plan", "the operator's");
        assertThat(plan(owner)).isEqualTo("free");

        read(write("PUT", path, OPERATOR, team));

        assertThat(plan(owner)).isEqualTo("team");
        assertProblem(send(write("PUT", path, OPERATOR, Map.of("plan", "gold"))), 400, "invalid-request");
        assertProblem(send(write("PUT", path, OPERATOR, Map.of())), 400, "invalid-request");
        assertProblem(
                send(write("PUT", "/v1/organizations/" + OrgId.random() + "/plan", OPERATOR, team)), 404, "not-found");
        assertThat(plan(owner)).isEqualTo("team");
    }

    @Test
    void what_the_operator_changes_is_in_the_log_of_the_organization() throws Exception {
        Person owner = newOwner();
        String path = "/v1/organizations/" + owner.tenant().org() + "/plan";
        read(write("PUT", path, OPERATOR, Map.of("plan", "team")));

        JsonNode records =
                read(authorized("/v1/audit-log", owner.tenant().key()).GET());

        assertThat(records.path("items").valueStream())
                .filteredOn(record -> record.path("path").asString().equals(path))
                .hasSize(2)
                .allSatisfy(
                        record -> assertThat(record.path("actor").asString()).isEqualTo("operator"));
    }

    private String plan(Person person) throws Exception {
        return read(authorized(CURRENT, person.accessToken()).GET()).at("/plan").asString();
    }
}
