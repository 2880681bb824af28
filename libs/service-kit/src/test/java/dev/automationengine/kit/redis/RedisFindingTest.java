package dev.automationengine.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisFindingTest {
    @Test
    void a_server_that_keeps_everything_is_right() {
        assertThat(RedisFinding.of("redis:6379", Map.of("maxmemory_policy", "noeviction", "aof_enabled", "1")))
                .isEmpty();
    }

    @Test
    void each_wrong_setting_is_named_with_its_server_and_what_to_do() {
        List<RedisFinding> findings =
                RedisFinding.of("redis:6379", Map.of("maxmemory_policy", "allkeys-lru", "aof_enabled", "0"));
        assertThat(findings).hasSize(2).allMatch(RedisFinding::certain);
        assertThat(findings.getFirst().message())
                .contains("redis:6379", "maxmemory-policy allkeys-lru", "Set maxmemory-policy noeviction");
        assertThat(findings.getLast().message()).contains("redis:6379", "appendonly no", "Set appendonly yes");
    }

    @Test
    void what_a_provider_hides_is_unknown_and_not_wrong() {
        assertThat(RedisFinding.of("redis:6379", Map.of())).hasSize(2).noneMatch(RedisFinding::certain);
    }
}
