package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.localstack.LocalStackInitializer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which role may ask for what: an example of each kind of route, asked by each role through the real gateway. */
class AccessTest extends GatewayScene {
    /** Of each request the least role that may send it; every higher one may, too. */
    private static final String REQUESTS = """
            GET /v1/workflows                       viewer
            GET /v1/workflows/wf_1                  viewer
            GET /v1/workflows:export                viewer
            GET /v1/workflows/wf_1/versions/1:diff  viewer
            GET /v1/schemas/workflow                viewer
            GET /v1/connectors                      viewer
            GET /v1/schedules                       viewer
            GET /v1/polls                           viewer
            GET /v1/executions                      viewer
            GET /v1/executions/exec_1/events        viewer
            GET /v1/dead-letters                    viewer
            GET /v1/replays/rpl_1/results           viewer
            GET /v1/events                          viewer
            GET /v1/events/subscriptions            viewer
            GET /v1/organizations/current           viewer
            GET /v1/me                              viewer
            POST /v1/workflows                      editor
            POST /v1/workflows:import               editor
            PUT /v1/workflows/wf_1                  editor
            DELETE /v1/workflows/wf_1               editor
            POST /v1/workflows/wf_1:activate        editor
            POST /v1/workflows/wf_1:run             editor
            POST /v1/workflows/wf_1:replay          editor
            POST /v1/workflows/wf_1:test-step       editor
            DELETE /v1/workflows/wf_1/draft         editor
            POST /v1/executions/exec_1:cancel       editor
            POST /v1/dead-letters:redrive           editor
            POST /v1/dead-letters/dl_1:discard      editor
            POST /v1/replays/rpl_1:cancel           editor
            POST /v1/events                         editor
            GET /v1/credentials                     editor
            GET /v1/connections                     editor
            POST /v1/credentials                    admin
            DELETE /v1/credentials/cred_1           admin
            POST /v1/connections/con_1:refresh      admin
            GET /v1/users                           admin
            PATCH /v1/users/user_1                  admin
            DELETE /v1/users/user_1                 admin
            GET /v1/invitations                     admin
            POST /v1/invitations                    admin
            GET /v1/api-keys                        admin
            POST /v1/api-keys                       admin
            DELETE /v1/api-keys/key_1               admin
            PATCH /v1/organizations/current         owner
            DELETE /v1/organizations/current        owner
            """;

    @Test
    void each_role_may_do_what_it_is_for_and_nothing_more() throws Exception {
        List<Person> people = new ArrayList<>();
        for (Role role : Role.values()) {
            // Each in an organization of its own: a request that is admitted must not change what the next meets.
            people.add(newMember(newTenant("Acme"), role));
        }
        SoftAssertions softly = new SoftAssertions();
        for (String line : REQUESTS.lines().toList()) {
            String[] parts = line.split(" +");
            Role least = Role.valueOf(parts[2].toUpperCase(Locale.ROOT));
            for (Role role : Role.values()) {
                HttpResponse<String> answer =
                        send(authorized(parts[1], people.get(role.ordinal()).accessToken())
                                .method(parts[0], BodyPublishers.noBody()));
                softly.assertThat(answer.statusCode() == 403)
                        .as("%s by %s is refused (%s)", line, role, answer.statusCode())
                        .isEqualTo(role.compareTo(least) < 0);
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/workflowsx", "/v1", "/", "/actuator/env", "/v1/workflows/../users"})
    void a_path_without_a_row_is_for_nobody(String path) throws Exception {
        int status = send(authorized(path, newOwner().accessToken()).GET()).statusCode();
        assertThat(status).isIn(400, 404);
        assertThat(DISPATCHER.next()).isNull();
        assertStatus(request("/v1/nothing").GET(), 401);
    }

    @ParameterizedTest
    @CsvSource({"POST, /v1/workflows/wf_1%3Arun", "POST, /v1/workflows/wf_1:run/", "DELETE, /v1/%77orkflows/wf_1"})
    void another_spelling_of_a_path_opens_nothing(String method, String path) throws Exception {
        Person viewer = newMember(newTenant("Acme"), Role.VIEWER);
        int status = send(authorized(path, viewer.accessToken()).method(method, BodyPublishers.noBody()))
                .statusCode();
        assertThat(status).isIn(400, 403, 404);
        assertThat(TRIGGER.next()).isNull();
        assertThat(DISPATCHER.next()).isNull();
    }

    @Test
    void the_operator_makes_organizations_and_does_nothing_in_them() throws Exception {
        String operator = LocalStackInitializer.BOOTSTRAP_TOKEN;
        assertStatus(authorized("/v1/workflows", operator).GET(), 403);
        assertStatus(authorized("/v1/me", operator).GET(), 403);
        assertStatus(post("/v1/organizations", newOwner().accessToken(), Map.of("name", "Other")), 403);
    }
}
