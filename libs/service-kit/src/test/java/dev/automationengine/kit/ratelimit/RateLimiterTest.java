package dev.automationengine.kit.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Two replicas and a real redis-server. */
class RateLimiterTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final String KEY = "engine:limits:{" + Replica.ORG + "}:test:10";
    private static RedisServer redis;
    private static RedissonClient client;

    private Instant now = Instant.ofEpochSecond(1003);
    private Replica first;
    private Replica second;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start(Ports.free());
        Config config = new Config();
        config.useSingleServer()
                .setAddress(redis.url())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(1);
        client = Redisson.create(config);
    }

    @AfterAll
    static void stopRedis() {
        client.shutdown();
        redis.close();
    }

    @BeforeEach
    void startReplicas() {
        client.getKeys().flushall();
        first = Replica.start(redis.url(), PATIENT, WINDOW, () -> now);
        second = Replica.start(redis.url(), PATIENT, WINDOW, () -> now);
    }

    @AfterEach
    void stopReplicas() {
        first.close();
        second.close();
    }

    @Test
    void replicas_under_load_let_exactly_the_limit_pass_and_seldom_ask() throws Exception {
        Limit key = new Limit("key", "a", 5_000);
        Limit organization = new Limit("organization", "", 4_000);
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(() -> first.untilRefused(key, organization));
            callers.add(() -> second.untilRefused(key, organization));
        }
        int passed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> caller : threads.invokeAll(callers)) {
                passed += caller.get();
            }
        }
        assertThat(passed).isEqualTo(4_000);
        assertThat(first.alone() + second.alone()).isZero();
        assertThat(first.leases() + second.leases()).isLessThan(400);
    }

    @Test
    void a_key_has_its_own_limit_and_its_organization_one_for_all_keys() {
        Limit organization = new Limit("organization", "", 3);
        Limit a = new Limit("key", "a", 2);
        Limit b = new Limit("key", "b", 2);
        assertThat(first.count(a, organization)).isEqualTo(new Verdict(true, "key", 1, 7));
        assertThat(second.count(a, organization)).isEqualTo(new Verdict(true, "key", 0, 7));
        // Refused for its key, it takes nothing from the organization: another key still passes.
        assertThat(first.count(a, organization)).isEqualTo(new Verdict(false, "key", 0, 7));
        assertThat(first.count(b, organization)).isEqualTo(new Verdict(true, "organization", 0, 7));
        assertThat(second.count(b, organization)).isEqualTo(new Verdict(false, "organization", 0, 7));
    }

    @Test
    void a_new_window_begins_for_all_when_the_answer_said_it_would() {
        Limit limit = new Limit("key", "a", 3);
        assertThat(first.untilRefused(limit) + second.untilRefused(limit)).isEqualTo(3);
        now = now.plusSeconds(first.count(limit).reset() - 1);
        assertThat(first.count(limit).passes() || second.count(limit).passes()).isFalse();
        now = now.plusSeconds(1);
        assertThat(first.untilRefused(limit) + second.untilRefused(limit)).isEqualTo(3);
    }

    @Test
    void who_is_over_the_limit_costs_redis_nothing_until_the_window_ends() {
        Limit limit = new Limit("key", "a", 3);
        assertThat(first.knowsARefusal(limit)).isFalse();
        first.untilRefused(limit);
        double asked = first.leases();
        assertThat(first.knowsARefusal(limit)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(first.count(limit).passes()).isFalse();
        }
        assertThat(first.leases()).isEqualTo(asked);
        now = now.plusSeconds(7);
        assertThat(first.knowsARefusal(limit)).isFalse();
    }

    @Test
    void a_caller_that_calls_seldom_holds_no_permits_that_others_could_use() {
        Limit limit = new Limit("key", "a", 1_000);
        Limit organization = new Limit("organization", "", 100);
        for (int i = 0; i < 5; i++) {
            first.count(limit, organization);
            now = now.plusSeconds(1);
        }
        assertThat(client.<String, String>getMap(KEY, StringCodec.INSTANCE).get("organization:"))
                .isEqualTo("5");
    }

    @Test
    void counts_expire_with_their_window() {
        try (Replica real = Replica.start(redis.url(), PATIENT, Duration.ofSeconds(1))) {
            real.count(new Limit("key", "a", 3));
            String key = KEY.replace(":10", ":1");
            assertThat(client.getBucket(key).remainTimeToLive()).isLessThanOrEqualTo(1_000);
            await().atMost(PATIENT).until(() -> !client.getBucket(key).isExists());
        }
    }

    @Test
    void windows_and_limits_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limit("key", "a", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replica.start(redis.url(), PATIENT, Duration.ofMillis(1_500)));
    }
}
