package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.TestPropertySource;

/** Guessing passwords: of one account, and from one address. */
@TestPropertySource(
        properties = {
            "engine.login.attempts-per-account=5",
            "engine.login.attempts-per-address=20",
            "spring.cloud.gateway.server.webmvc.trusted-proxies=127\\\\.0\\\\.0\\\\.1"
        })
class LoginThrottleTest extends GatewayScene {
    @Autowired
    private MongoTemplate mongo;

    /** No window ends in the middle of a test. */
    @BeforeEach
    void atTheStartOfAWindow() {
        long seconds = Duration.ofMinutes(15).toSeconds();
        clock.advance(Duration.ofSeconds(seconds - clock.instant().getEpochSecond() % seconds));
    }

    @Test
    void after_five_wrong_passwords_even_the_right_one_is_refused_until_the_window_ends() throws Exception {
        Person person = newOwner();
        for (int i = 0; i < 5; i++) {
            assertStatus(attempt(person.email(), "wrong", address()), 401);
        }
        HttpResponse<String> refused = send(attempt(person.email(), PASSWORD, address()));
        assertProblem(refused, 429, "rate-limited");
        long seconds = refused.headers().firstValueAsLong("Retry-After").orElseThrow();
        assertThat(seconds).isBetween(1L, 15 * 60L + 1);
        clock.advance(Duration.ofSeconds(seconds));
        assertStatus(attempt(person.email(), PASSWORD, address()), 200);
    }

    @Test
    void an_address_that_nobody_has_is_throttled_alike() throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        for (int i = 0; i < 5; i++) {
            assertStatus(attempt(email, "wrong", address()), 401);
        }
        assertStatus(attempt(email, "wrong", address()), 429);
    }

    @Test
    void of_many_guesses_at_the_same_time_no_more_than_five_are_checked() throws Exception {
        Person person = newOwner();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = IntStream.range(0, 15)
                    .<Callable<Integer>>mapToObj(i -> () ->
                            send(attempt(person.email(), "wrong", address())).statusCode())
                    .toList();
            int checked = 0;
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                checked += answer.get() == 401 ? 1 : 0;
            }
            assertThat(checked).isEqualTo(5);
        }
    }

    @Test
    void right_passwords_are_not_counted() throws Exception {
        Person person = newOwner();
        String from = address();
        for (int i = 0; i < 25; i++) {
            assertStatus(attempt(person.email(), PASSWORD, from), 200);
        }
    }

    @Test
    void guesses_from_one_address_at_many_accounts_end_but_others_sign_in() throws Exception {
        Person person = newOwner();
        // One IPv6 network: whoever has an address there has all of them.
        for (int i = 0; i < 20; i++) {
            assertStatus(attempt(UUID.randomUUID() + "@example.com", "wrong", "2001:db8:1:2::" + i), 401);
        }
        assertStatus(attempt(person.email(), PASSWORD, "2001:db8:1:2::ffff"), 429);
        assertStatus(attempt(person.email(), PASSWORD, "2001:db8:1:3::1"), 200);
    }

    @Test
    void the_address_is_the_last_one_that_no_trusted_proxy_has() throws Exception {
        String real = address();
        for (int i = 0; i < 20; i++) {
            // What the sender wrote itself stands in front.
            assertStatus(attempt(UUID.randomUUID() + "@example.com", "wrong", address() + ", " + real), 401);
        }
        assertStatus(attempt(UUID.randomUUID() + "@example.com", "wrong", address() + ", " + real), 429);
    }

    @Test
    void counts_expire_with_their_window() throws Exception {
        send(attempt(UUID.randomUUID() + "@example.com", "wrong", address()));
        assertThat(mongo.getCollection("login_attempts").find())
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.getDate("expire_at")).isNotNull());
        assertThat(mongo.getCollection("login_attempts").listIndexes())
                .anySatisfy(index -> assertThat(index.get("expireAfterSeconds")).isNotNull());
    }

    private HttpRequest.Builder attempt(String email, String password, String from) {
        return post("/v1/auth/login", null, Map.of("email", email, "password", password))
                .header("X-Forwarded-For", from);
    }

    private static String address() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }
}
