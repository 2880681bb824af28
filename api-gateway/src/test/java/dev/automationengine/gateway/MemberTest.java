package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.localstack.LocalStackInitializer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Looking after users: roles, removal, and who may do it to whom. */
class MemberTest extends GatewayScene {
    @Test
    void an_admin_makes_a_viewer_an_editor_and_that_holds_at_once() throws Exception {
        Tenant tenant = newTenant("Acme");
        Person admin = newMember(tenant, Role.ADMIN);
        Person viewer = newMember(tenant, Role.VIEWER);
        assertStatus(post("/v1/workflows", viewer.accessToken(), Map.of()), 403);
        JsonNode changed = read(change(admin, idOf(viewer), "editor"));
        assertThat(changed.at("/role").asString()).isEqualTo("editor");
        assertStatus(post("/v1/workflows", viewer.accessToken(), Map.of()), 200);
        read(change(admin, idOf(viewer), "viewer"));
        assertStatus(post("/v1/workflows", viewer.accessToken(), Map.of()), 403);
    }

    @Test
    void nobody_makes_or_touches_somebody_who_may_do_more() throws Exception {
        Person owner = newOwner();
        Person admin = newMember(owner.tenant(), Role.ADMIN);
        assertProblem(send(change(admin, idOf(admin), "owner")), 403, "forbidden");
        assertProblem(send(change(admin, idOf(owner), "viewer")), 403, "forbidden");
        assertProblem(send(remove(admin, idOf(owner))), 403, "forbidden");
        assertStatus(authorized("/v1/api-keys", owner.accessToken()).GET(), 200);
    }

    @Test
    void a_key_that_looks_after_users_makes_nobody_who_may_do_more() throws Exception {
        Tenant tenant = newTenant("Acme");
        Person viewer = newMember(tenant, Role.VIEWER);
        String key = read(post("/v1/api-keys", tenant.key(), Map.of("name", "x", "scopes", List.of("users:write"))))
                .at("/key")
                .asString();
        assertStatus(write("PATCH", "/v1/users/" + idOf(viewer), key, Map.of("role", "admin")), 403);
    }

    @Test
    void the_last_owner_stays() throws Exception {
        Person first = newOwner();
        assertProblem(send(change(first, idOf(first), "admin")), 409, "conflict");
        assertProblem(send(remove(first, idOf(first))), 409, "conflict");
        Person second = newMember(first.tenant(), Role.VIEWER);
        read(change(first, idOf(second), "owner"));
        read(change(first, idOf(first), "admin"));
        assertProblem(send(remove(second, idOf(second))), 409, "conflict");
    }

    @Test
    void of_two_owners_who_leave_at_the_same_time_one_stays() throws Exception {
        for (int round = 0; round < 5; round++) {
            Person first = newOwner();
            Person second = newMember(first.tenant(), Role.VIEWER);
            read(change(first, idOf(second), "owner"));
            String firstId = idOf(first);
            String secondId = idOf(second);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Set<Integer> answers = new HashSet<>();
                List<Callable<Integer>> leave = List.of(
                        () -> send(remove(first, firstId)).statusCode(),
                        () -> send(remove(second, secondId)).statusCode());
                for (var answer : threads.invokeAll(leave)) {
                    answers.add(answer.get());
                }
                assertThat(answers).containsExactlyInAnyOrder(204, 409);
            }
        }
    }

    @Test
    void who_is_removed_is_out_at_once_and_the_address_is_free() throws Exception {
        Person owner = newOwner();
        Person editor = newMember(owner.tenant(), Role.EDITOR);
        assertStatus(remove(owner, idOf(editor)), 204);
        assertStatus(authorized("/v1/me", editor.accessToken()).GET(), 401);
        assertStatus(post("/v1/auth/refresh", null, Map.of("refresh_token", editor.refreshToken())), 401);
        assertStatus(post("/v1/auth/login", null, Map.of("email", editor.email(), "password", PASSWORD)), 401);
        assertStatus(
                post(
                        "/v1/organizations",
                        LocalStackInitializer.BOOTSTRAP_TOKEN,
                        Map.of(
                                "name",
                                "New",
                                "owner",
                                Map.of("email", editor.email(), "name", "E", "password", PASSWORD))),
                201);
    }

    @Test
    void users_are_listed_in_pages_and_only_the_own_ones() throws Exception {
        Person owner = newOwner();
        Person viewer = newMember(owner.tenant(), Role.VIEWER);
        Person stranger = newOwner();
        JsonNode first =
                read(authorized("/v1/users?limit=1", owner.accessToken()).GET());
        JsonNode second = read(authorized(
                        "/v1/users?limit=1&cursor=" + first.at("/next_cursor").asString(), owner.accessToken())
                .GET());
        assertThat(first.at("/items/0/email").asString()).isEqualTo(owner.email());
        assertThat(second.at("/items/0/email").asString()).isEqualTo(viewer.email());
        assertThat(second.at("/next_cursor").isString()).isFalse();
        assertThat(second.at("/items/0").propertyNames())
                .containsExactlyInAnyOrder("id", "email", "name", "role", "created_at");
        HttpResponse<String> strange = send(
                authorized("/v1/users/" + idOf(viewer), stranger.accessToken()).GET());
        assertProblem(strange, 404, "not-found");
        assertProblem(send(remove(stranger, idOf(viewer))), 404, "not-found");
    }

    private HttpRequest.Builder change(Person by, String user, String role) {
        return write("PATCH", "/v1/users/" + user, by.accessToken(), Map.of("role", role));
    }

    private HttpRequest.Builder remove(Person by, String user) {
        return authorized("/v1/users/" + user, by.accessToken()).DELETE();
    }
}
