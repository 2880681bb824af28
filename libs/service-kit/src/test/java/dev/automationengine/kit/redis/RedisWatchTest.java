package dev.automationengine.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.config.Config;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A real redis-server, set up rightly and wrongly. */
@ExtendWith(OutputCaptureExtension.class)
class RedisWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final int port = Ports.free();
    private final AtomicInteger refusals = new AtomicInteger();
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RedisKitAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(RedisRefusal.class, () -> refusals::incrementAndGet)
            .withPropertyValues(
                    "engine.redis.addresses=redis://127.0.0.1:" + port, "engine.redis.check-interval=100ms");
    private RedisServer redis = RedisServer.start(port);

    @BeforeEach
    void noRefusal() {
        refusals.set(0);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void a_server_of_the_right_kind_is_healthy() {
        service.run(context -> {
            RedisWatch watch = context.getBean(RedisWatch.class);
            await().atMost(SOON).until(() -> watch.health().getStatus().equals(Status.UP));
            assertThat(refusals).hasValue(0);
        });
    }

    @Test
    void a_server_that_evicts_is_refused_with_the_setting_and_the_remedy(CapturedOutput output) {
        configure("maxmemory-policy", "allkeys-lru");
        service.run(context -> {
            await().atMost(SOON).untilAsserted(() -> assertThat(refusals).hasValue(1));
            assertThat(context.getBean(RedisWatch.class).health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(misconfigured(context.getBean(MeterRegistry.class))).isEqualTo(1);
        });
        assertThat(output)
                .contains("127.0.0.1:" + port + " has maxmemory-policy allkeys-lru")
                .contains("Set maxmemory-policy noeviction");
    }

    @Test
    void a_server_without_append_only_file_is_refused(CapturedOutput output) {
        configure("appendonly", "no");
        service.run(context ->
                await().atMost(SOON).untilAsserted(() -> assertThat(refusals).hasValue(1)));
        assertThat(output).contains("appendonly no").contains("Set appendonly yes");
    }

    @Test
    void who_only_wants_a_warning_gets_one_and_goes_on(CapturedOutput output) {
        configure("maxmemory-policy", "allkeys-lru");
        service.withPropertyValues("engine.redis.check=warn").run(context -> {
            await().atMost(SOON).until(() -> output.getOut().contains("maxmemory-policy allkeys-lru"));
            assertThat(context.getBean(RedisWatch.class).health().getStatus()).isEqualTo(Status.UP);
            assertThat(refusals).hasValue(0);
        });
    }

    @Test
    void a_server_that_comes_back_wrong_makes_a_running_service_unready_and_does_not_end_it() {
        service.run(context -> {
            RedisWatch watch = context.getBean(RedisWatch.class);
            await().atMost(SOON).until(() -> watch.health().getStatus().equals(Status.UP));
            configure("maxmemory-policy", "volatile-ttl");
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().atMost(SOON).until(() -> misconfigured(meters) == 1);
            assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
            configure("maxmemory-policy", "noeviction");
            await().atMost(SOON).until(() -> misconfigured(meters) == 0);
            assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
            assertThat(refusals).hasValue(0);
        });
    }

    @Test
    void a_service_starts_while_redis_is_away_and_judges_it_when_it_comes() {
        redis.close();
        service.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(RedisWatch.class).health().getStatus()).isEqualTo(Status.DOWN);
            redis = RedisServer.start(port, Map.of("maxmemory-policy", "allkeys-lru"));
            await().atMost(SOON).untilAsserted(() -> assertThat(refusals).hasValue(1));
        });
    }

    private static double misconfigured(MeterRegistry meters) {
        return meters.get("engine.redis.misconfigured").gauge().value();
    }

    private void configure(String setting, String value) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(redis.url())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(1);
        RedissonClient client = Redisson.create(config);
        List.of(client.getRedisNodes(RedisNodes.SINGLE).getInstance()).forEach(node -> node.setConfig(setting, value));
        client.shutdown();
    }
}
