package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How long an organization keeps its data: who says it, and within which limits. */
class RetentionTest extends GatewayScene {
    private static final String PATH = "/v1/organizations/current/retention";

    @Test
    void an_admin_says_it_within_the_limits_of_the_plan_and_an_editor_does_not() throws Exception {
        Person owner = newOwner();
        Person admin = newMember(owner.tenant(), Role.ADMIN);
        JsonNode before = read(authorized(PATH, owner.accessToken()).GET());
        assertThat(before.at("/days").isEmpty()).isTrue();
        assertThat(before.at("/most").asInt()).isEqualTo(30);
        assertThat(before.at("/least/events").asInt()).isEqualTo(2);

        Map<String, Object> wanted = Map.of("days", Map.of("events", 7, "execution_logs", 1));
        JsonNode after = read(write("PUT", PATH, admin.accessToken(), wanted));
        assertThat(after.at("/days/events").asInt()).isEqualTo(7);
        assertThat(after.at("/changed_at").asString()).isNotEmpty();
        assertThat(read(authorized(PATH, owner.accessToken()).GET())).isEqualTo(after);

        Person editor = newMember(owner.tenant(), Role.EDITOR);
        assertStatus(write("PUT", PATH, editor.accessToken(), wanted), 403);
        Person stranger = newOwner();
        assertThat(read(authorized(PATH, stranger.accessToken()).GET())
                        .at("/days")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void every_mistake_is_named_and_nothing_is_changed() throws Exception {
        Person owner = newOwner();
        HttpResponse<String> refused = send(write(
                "PUT",
                PATH,
                owner.accessToken(),
                Map.of("days", Map.of("events", 1, "executions", 31, "dead_letters", 3, "audit_log", 3))));
        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.body())
                .contains("/days/events", "/days/executions", "must name")
                .doesNotContain("/days/dead_letters");
        assertStatus(write("PUT", PATH, owner.accessToken(), Map.of()), 400);
        assertThat(read(authorized(PATH, owner.accessToken()).GET()).at("/days").isEmpty())
                .isTrue();
    }

    @Test
    void a_smaller_plan_shortens_what_it_does_not_allow() throws Exception {
        Person owner = newOwner();
        subscribe(owner.tenant(), "business");
        read(write("PUT", PATH, owner.accessToken(), Map.of("days", Map.of("events", 365, "dead_letters", 10))));

        subscribe(owner.tenant(), "team");

        JsonNode after = read(authorized(PATH, owner.accessToken()).GET());
        assertThat(after.at("/days/events").asInt()).isEqualTo(90);
        assertThat(after.at("/days/dead_letters").asInt()).isEqualTo(10);
        assertThat(after.at("/most").asInt()).isEqualTo(90);
    }
}
