package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** Staying signed in, and signing out. */
class SessionTest extends GatewayScene {
    private static final String REFRESH = "/v1/auth/refresh";

    @Autowired
    private MongoTemplate mongo;

    @Test
    void a_refresh_token_is_exchanged_again_and_again() throws Exception {
        Person person = newOwner();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofDays(13));
            Person next = refreshed(person);
            assertThat(next.refreshToken()).isNotEqualTo(person.refreshToken());
            assertStatus(authorized("/v1/me", next.accessToken()).GET(), 200);
            person = next;
        }
    }

    @Test
    void a_refresh_token_that_comes_a_second_time_ends_the_whole_session() throws Exception {
        Person stolen = newOwner();
        Person next = refreshed(stolen);
        assertProblem(send(refresh(stolen.refreshToken())), 401, "unauthenticated");
        // Neither the thief nor the victim goes on.
        assertProblem(send(refresh(next.refreshToken())), 401, "unauthenticated");
        assertProblem(send(authorized("/v1/me", next.accessToken()).GET()), 401, "unauthenticated");
        login(stolen.tenant(), stolen.email(), PASSWORD);
    }

    @Test
    void a_token_from_long_ago_is_known_as_one_that_was_used() throws Exception {
        Person first = newOwner();
        Person last = first;
        for (int i = 0; i < 20; i++) {
            last = refreshed(last);
        }
        assertStatus(refresh(first.refreshToken()), 401);
        assertStatus(refresh(last.refreshToken()), 401);
    }

    @Test
    void a_guess_ends_nothing() throws Exception {
        Person person = newOwner();
        String[] parts = person.refreshToken().split("_");
        String guess = String.join("_", "rt", "org", parts[2], parts[3], "0".repeat(64), "0".repeat(64));
        assertProblem(send(refresh(guess)), 401, "unauthenticated");
        assertProblem(send(refresh("nonsense")), 401, "unauthenticated");
        refreshed(person);
    }

    @Test
    void of_many_at_the_same_time_at_most_one_gets_tokens() throws Exception {
        Person person = newOwner();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> send(refresh(person.refreshToken())).statusCode())
                    .toList();
            int accepted = 0;
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                accepted += answer.get() == 200 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
    }

    @Test
    void a_session_ends_when_nobody_uses_it_and_at_last_in_any_case() throws Exception {
        Person idle = newOwner();
        clock.advance(Duration.ofDays(14).plusMinutes(1));
        assertStatus(refresh(idle.refreshToken()), 401);

        Person busy = newOwner();
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofDays(11));
            busy = refreshed(busy);
        }
        clock.advance(Duration.ofDays(3));
        assertStatus(refresh(busy.refreshToken()), 401);
    }

    @Test
    void logout_ends_this_session_at_once_and_no_other() throws Exception {
        Person here = newOwner();
        Person there = login(here.tenant(), here.email(), PASSWORD);
        assertStatus(authorized("/v1/me", here.accessToken()).GET(), 200);
        assertStatus(post("/v1/auth/logout", null, Map.of("refresh_token", here.refreshToken())), 204);
        assertStatus(authorized("/v1/me", here.accessToken()).GET(), 401);
        assertStatus(refresh(here.refreshToken()), 401);
        assertStatus(authorized("/v1/me", there.accessToken()).GET(), 200);
        assertStatus(post("/v1/auth/logout", null, Map.of("refresh_token", "nonsense")), 204);
    }

    @Test
    void logout_everywhere_ends_all_sessions_of_the_user_and_of_nobody_else() throws Exception {
        Person here = newOwner();
        Person there = login(here.tenant(), here.email(), PASSWORD);
        Person other = newOwner();
        assertStatus(post("/v1/auth/logout-everywhere", here.accessToken(), Map.of()), 204);
        assertStatus(authorized("/v1/me", there.accessToken()).GET(), 401);
        assertStatus(refresh(there.refreshToken()), 401);
        assertStatus(refresh(here.refreshToken()), 401);
        refreshed(other);
    }

    @Test
    void a_key_cannot_log_anybody_out() throws Exception {
        assertProblem(send(post("/v1/auth/logout-everywhere", newTenant("Acme").key(), Map.of())), 403, "forbidden");
    }

    @Test
    void a_new_password_needs_the_old_one_and_ends_all_sessions() throws Exception {
        Person person = newOwner();
        Person elsewhere = login(person.tenant(), person.email(), PASSWORD);
        assertProblem(send(change(person, "wrong", "a new long password")), 401, "unauthenticated");
        assertProblem(send(change(person, PASSWORD, "short")), 400, "invalid-request");
        JsonNode tokens = read(change(person, PASSWORD, "a new long password"));
        assertStatus(refresh(elsewhere.refreshToken()), 401);
        assertStatus(authorized("/v1/me", person.accessToken()).GET(), 401);
        assertStatus(authorized("/v1/me", tokens.at("/access_token").asString()).GET(), 200);
        assertStatus(post("/v1/auth/login", null, Map.of("email", person.email(), "password", PASSWORD)), 401);
        login(person.tenant(), person.email(), "a new long password");
    }

    @Test
    void a_user_has_no_more_than_fifty_sessions() throws Exception {
        Person first = newOwner();
        Document session = mongo.getCollection("sessions")
                .find(new Document("org_id", first.tenant().org()))
                .first();
        List<Document> copies = IntStream.range(0, 60)
                .mapToObj(i -> new Document(session)
                        .append("_id", "copy" + first.tenant().org() + i)
                        .append("used_at", Date.from(clock.instant().minusSeconds(100 + i))))
                .toList();
        mongo.getCollection("sessions").insertMany(copies);
        login(first.tenant(), first.email(), PASSWORD);
        assertThat(mongo.getCollection("sessions")
                        .countDocuments(new Document("org_id", first.tenant().org())))
                .isEqualTo(50);
        refreshed(first);
    }

    private Person refreshed(Person person) throws Exception {
        JsonNode tokens = read(refresh(person.refreshToken()));
        return new Person(
                person.tenant(),
                person.email(),
                tokens.at("/access_token").asString(),
                tokens.at("/refresh_token").asString());
    }

    private HttpRequest.Builder refresh(String token) {
        return post(REFRESH, null, Map.of("refresh_token", token));
    }

    private HttpRequest.Builder change(Person person, String current, String wanted) {
        return write(
                "PUT",
                "/v1/me/password",
                person.accessToken(),
                Map.of("current_password", current, "new_password", wanted));
    }
}
