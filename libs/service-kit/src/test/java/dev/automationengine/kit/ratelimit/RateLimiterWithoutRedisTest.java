package dev.automationengine.kit.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Redis is killed, hangs, and comes back. */
@ExtendWith(OutputCaptureExtension.class)
class RateLimiterWithoutRedisTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Limit LIMIT = new Limit("key", "a", 5);
    private static final String WARNING = "Redis does not answer in time";

    private final int port = Ports.free();
    private RedisServer redis = RedisServer.start(port);
    private Instant now = Instant.ofEpochSecond(1003);

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void calls_pass_while_redis_is_away_up_to_the_limit_of_each_replica_and_all_hold_it_when_redis_is_back(
            CapturedOutput output) {
        try (Replica first = replica(Duration.ofSeconds(1));
                Replica second = replica(Duration.ofSeconds(1))) {
            first.count(LIMIT);
            first.count(LIMIT);
            redis.close();

            // The two that passed before count, too.
            assertThat(first.untilRefused(LIMIT)).isEqualTo(3);
            assertThat(first.alone()).isEqualTo(4);
            assertThat(first.away()).isTrue();
            assertThat(second.count(LIMIT).passes()).isTrue();
            // Each replica says it once.
            assertThat(output.getOut().split(WARNING, -1)).hasSize(1 + 2);

            // Its data are lost, too. What passed meanwhile it is told.
            redis = RedisServer.start(port);
            first.reached();
            second.reached();
            assertThat(first.untilRefused(LIMIT) + second.untilRefused(LIMIT)).isLessThanOrEqualTo(5 - 3);
            now = now.plusSeconds(10);
            assertThat(first.untilRefused(LIMIT) + second.untilRefused(LIMIT)).isEqualTo(5);
        }
    }

    @Test
    void a_replica_that_never_found_redis_says_so_once_and_holds_the_limit(CapturedOutput output) {
        redis.close();
        try (Replica replica = Replica.startAlone("redis://" + Ports.HOST + ":" + port)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> output.getOut().contains(WARNING));
            assertThat(replica.untilRefused(LIMIT)).isGreaterThanOrEqualTo(5);
            assertThat(replica.leases()).isZero();
            assertThat(output.getOut().split(WARNING, -1)).hasSize(1 + 1);
        }
    }

    @Test
    void a_new_window_begins_while_redis_is_away() {
        try (Replica replica = replica(Duration.ofSeconds(1))) {
            replica.untilRefused(LIMIT);
            redis.close();
            assertThat(replica.count(LIMIT).passes()).isFalse();
            now = now.plusSeconds(7);
            assertThat(replica.untilRefused(LIMIT)).isEqualTo(5);
        }
    }

    @Test
    void a_redis_that_hangs_holds_a_call_up_for_the_time_out_and_the_next_not_at_all() throws Exception {
        try (Replica replica = replica(Duration.ofMillis(100))) {
            sleepFor(5);
            long start = System.nanoTime();
            assertThat(replica.count(new Limit("key", "b", 10_000)).passes()).isTrue();
            for (int i = 0; i < 2_000; i++) {
                replica.count(new Limit("key", "b", 10_000));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(replica.leases()).isEqualTo(1);
            assertThat(replica.alone()).isEqualTo(2_001);
            assertThat(replica.away()).isTrue();
        }
    }

    private Replica replica(Duration timeout) {
        return Replica.start(redis.url(), timeout, WINDOW, () -> now);
    }

    /** Redis does nothing else meanwhile. */
    private void sleepFor(int seconds) throws IOException {
        try (Socket socket = new Socket(Ports.HOST, port)) {
            socket.getOutputStream().write(("PING\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().read();
            socket.getOutputStream().write(("DEBUG SLEEP " + seconds + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
    }
}
