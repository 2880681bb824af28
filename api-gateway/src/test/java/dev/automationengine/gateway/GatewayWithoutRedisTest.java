package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Limits are no reason to refuse those who keep them. */
@TestPropertySource(properties = {"engine.rate-limits.per-key=3", "engine.rate-limits.window=1h"})
class GatewayWithoutRedisTest extends GatewayScene {
    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry registry) {
        // Nobody listens there.
        registry.add("engine.redis.addresses", () -> "redis://127.0.0.1:1");
    }

    @Test
    void calls_pass_are_counted_and_each_replica_holds_the_limits_for_itself(@Autowired MeterRegistry meters)
            throws Exception {
        String key = newTenant("Acme").key();
        for (int i = 0; i < 3; i++) {
            assertStatus(authorized("/v1/workflows", key).GET(), 200);
        }
        assertProblem(send(authorized("/v1/workflows", key).GET()), 429, "rate-limited");
        assertThat(meters.counter("engine.limiter.alone", "limiter", "api").count())
                .isEqualTo(4);
        assertThat(meters.get("engine.limiter.redis.away").gauge().value()).isEqualTo(1);
        assertStatus(request("/readyz").GET(), 200);
    }
}
