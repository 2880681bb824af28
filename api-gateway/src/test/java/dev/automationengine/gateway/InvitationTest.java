package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** How people are invited and become users. */
@ExtendWith(OutputCaptureExtension.class)
class InvitationTest extends GatewayScene {
    private static final String PATH = "/v1/invitations";

    @Test
    void the_invited_becomes_a_user_of_that_role_and_is_signed_in(CapturedOutput output) throws Exception {
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        String email = address();
        JsonNode invitation = invite(admin, email, "editor");
        JsonNode tokens = read(accept(invitation));
        JsonNode me =
                read(authorized("/v1/me", tokens.at("/access_token").asString()).GET());
        assertThat(me.at("/email").asString()).isEqualTo(email);
        assertThat(me.at("/role").asString()).isEqualTo("editor");
        assertThat(me.at("/organization_id").asString())
                .isEqualTo(admin.tenant().org());
        login(admin.tenant(), email, PASSWORD);
        assertThat(output).doesNotContain(invitation.at("/token").asString(), email);
    }

    @Test
    void an_invitation_is_good_once() throws Exception {
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        JsonNode invitation = invite(admin, address(), "viewer");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = IntStream.range(0, 4)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> send(accept(invitation)).statusCode())
                    .toList();
            int accepted = 0;
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                accepted += answer.get() == 200 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
        // Nor when its user is gone and the address is free again.
        JsonNode users = read(authorized("/v1/users", admin.accessToken()).GET());
        for (JsonNode user : users.at("/items")) {
            if (user.at("/role").asString().equals("viewer")) {
                String path = "/v1/users/" + user.at("/id").asString();
                assertStatus(authorized(path, admin.accessToken()).DELETE(), 204);
            }
        }
        assertProblem(send(accept(invitation)), 410, "gone");
    }

    @Test
    void an_invitation_ends_after_a_week_or_when_it_is_withdrawn() throws Exception {
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        JsonNode late = invite(admin, address(), "viewer");
        clock.advance(Duration.ofDays(7));
        assertProblem(send(accept(late)), 410, "gone");
        clock.reset();
        JsonNode withdrawn = invite(admin, address(), "viewer");
        String path = PATH + "/" + withdrawn.at("/id").asString();
        assertStatus(authorized(path, admin.accessToken()).DELETE(), 204);
        assertProblem(send(accept(withdrawn)), 410, "gone");
        assertStatus(authorized(path, admin.accessToken()).DELETE(), 404);
    }

    @Test
    void a_wrong_token_is_no_invitation() throws Exception {
        String token = invite(newMember(newTenant("Acme"), Role.ADMIN), address(), "viewer")
                .at("/token")
                .asString();
        String guess = token.substring(0, token.length() - 64) + "0".repeat(64);
        assertProblem(send(accept(guess)), 410, "gone");
        assertProblem(send(accept("nonsense")), 410, "gone");
        assertStatus(accept(token), 200);
    }

    @Test
    void nobody_invites_to_more_than_the_own_role() throws Exception {
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        HttpResponse<String> refused =
                send(post(PATH, admin.accessToken(), Map.of("email", address(), "role", "owner")));
        assertProblem(refused, 403, "forbidden");
        assertThat(json.readTree(refused.body()).at("/errors/0/pointer").asString())
                .isEqualTo("/role");
        assertStatus(
                post(
                        PATH,
                        newMember(admin.tenant(), Role.EDITOR).accessToken(),
                        Map.of("email", address(), "role", "viewer")),
                403);
    }

    @Test
    void who_was_removed_does_not_come_back_by_an_invitation_of_the_own() throws Exception {
        Person owner = newOwner();
        Person admin = newMember(owner.tenant(), Role.ADMIN);
        JsonNode backDoor = invite(admin, address(), "admin");
        JsonNode lesser = invite(admin, address(), "viewer");
        read(write("PATCH", "/v1/users/" + idOf(admin), owner.accessToken(), Map.of("role", "editor")));
        assertProblem(send(accept(backDoor)), 410, "gone");
        assertStatus(accept(lesser), 200);
        JsonNode another = invite(owner, address(), "viewer");
        assertStatus(authorized("/v1/users/" + idOf(admin), owner.accessToken()).DELETE(), 204);
        assertProblem(send(accept(backDoor)), 410, "gone");
        assertStatus(accept(another), 200);
    }

    @Test
    void an_invited_owner_counts_as_one() throws Exception {
        Person first = newOwner();
        String email = address();
        read(accept(invite(first, email, "owner")));
        Person second = login(first.tenant(), email, PASSWORD);
        assertStatus(
                authorized("/v1/users/" + idOf(first), second.accessToken()).DELETE(), 204);
        assertStatus(
                authorized("/v1/users/" + idOf(second), second.accessToken()).DELETE(), 409);
    }

    @Test
    void open_invitations_are_listed_without_tokens_to_the_own_organization() throws Exception {
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        JsonNode one = invite(admin, address(), "viewer");
        invite(admin, address(), "viewer");
        JsonNode page = read(authorized(PATH + "?limit=1", admin.accessToken()).GET());
        JsonNode rest = read(
                authorized(PATH + "?limit=1&cursor=" + page.at("/next_cursor").asString(), admin.accessToken())
                        .GET());
        assertThat(page.at("/items")).hasSize(1);
        assertThat(rest.at("/items")).hasSize(1);
        assertThat(rest.at("/next_cursor").isString()).isFalse();
        assertThat(page.at("/items/0").propertyNames())
                .containsExactlyInAnyOrder("id", "email", "role", "created_at", "created_by", "expires_at");
        Person stranger = newOwner();
        assertThat(read(authorized(PATH, stranger.accessToken()).GET()).at("/items"))
                .isEmpty();
        assertStatus(
                authorized(PATH + "/" + one.at("/id").asString(), stranger.accessToken())
                        .DELETE(),
                404);
        assertStatus(accept(one), 200);
    }

    @Test
    void an_address_that_is_a_user_elsewhere_is_told_to_nobody_but_the_invited() throws Exception {
        Person elsewhere = newOwner();
        Person admin = newMember(newTenant("Acme"), Role.ADMIN);
        JsonNode invitation = invite(admin, elsewhere.email(), "viewer");
        assertProblem(send(accept(invitation)), 409, "conflict");
    }

    private JsonNode invite(Person by, String email, String role) throws Exception {
        HttpResponse<String> answer = send(post(PATH, by.accessToken(), Map.of("email", email, "role", role)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body());
    }

    private HttpRequest.Builder accept(JsonNode invitation) {
        return accept(invitation.at("/token").asString());
    }

    private HttpRequest.Builder accept(String token) {
        return post(PATH + ":accept", null, Map.of("token", token, "name", "Ina", "password", PASSWORD));
    }

    private static String address() {
        return UUID.randomUUID() + "@example.com";
    }
}
