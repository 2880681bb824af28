package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** The end of an organization. */
class ClosingTest extends GatewayScene {
    private static final String PATH = "/v1/organizations/current";

    @Autowired
    private MongoTemplate mongo;

    @Test
    void after_the_end_nobody_gets_in_and_addresses_are_free() throws Exception {
        Person owner = newOwner();
        Person viewer = newMember(owner.tenant(), Role.VIEWER);
        JsonNode invitation = read(post(
                "/v1/invitations",
                owner.accessToken(),
                Map.of("email", UUID.randomUUID() + "@example.com", "role", "viewer")));
        Person stranger = newOwner();
        workflows("[]");
        assertStatus(close(owner), 204);

        assertThat(token(seen(DISPATCHER)).getClaimAsString("org"))
                .isEqualTo(owner.tenant().org());
        for (String shown : List.of(
                owner.accessToken(), viewer.accessToken(), owner.tenant().key())) {
            assertStatus(authorized("/v1/me", shown).GET(), 401);
        }
        assertStatus(post("/v1/auth/login", null, Map.of("email", viewer.email(), "password", PASSWORD)), 401);
        String token = invitation.at("/token").asString();
        assertStatus(
                post("/v1/invitations:accept", null, Map.of("token", token, "name", "I", "password", PASSWORD)), 410);
        for (String collection : List.of("users", "api_keys", "invitations", "logins")) {
            assertThat(mongo.getCollection(collection)
                            .countDocuments(
                                    new Document("org_id", owner.tenant().org())))
                    .as(collection)
                    .isZero();
        }
        assertStatus(authorized(PATH, stranger.accessToken()).GET(), 200);
        assertStatus(authorized("/v1/me", stranger.tenant().key()).GET(), 200);
    }

    @Test
    void an_organization_whose_workflows_run_does_not_end() throws Exception {
        Person owner = newOwner();
        workflows("[{\"id\": \"wf_1\"}]");
        assertProblem(send(close(owner)), 409, "conflict");
        assertStatus(authorized(PATH, owner.tenant().key()).GET(), 200);
    }

    @Test
    void nor_one_of_which_nobody_knows_that() throws Exception {
        Person owner = newOwner();
        DISPATCHER.answer(exchange -> exchange.sendResponseHeaders(500, -1));
        assertProblem(send(close(owner)), 503, "unavailable");
        DISPATCHER.answer(exchange -> exchange.sendResponseHeaders(200, -1));
        assertProblem(send(close(owner)), 503, "unavailable");
        assertStatus(authorized(PATH, owner.tenant().key()).GET(), 200);
    }

    @Test
    void only_an_owner_who_has_signed_in_ends_it() throws Exception {
        Person owner = newOwner();
        workflows("[]");
        assertStatus(close(newMember(owner.tenant(), Role.ADMIN)), 403);
        assertStatus(authorized(PATH, owner.tenant().key()).DELETE(), 403);
        assertStatus(authorized(PATH, owner.accessToken()).GET(), 200);
    }

    private HttpRequest.Builder close(Person by) {
        return authorized(PATH, by.accessToken()).DELETE();
    }

    private static void workflows(String items) {
        DISPATCHER.answer(exchange -> {
            byte[] body = ("{\"items\": " + items + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
    }
}
