package dev.automationengine.trigger.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class GraphUsageTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final GraphUsage usage = new GraphUsage(JsonMapper.shared(), meters);

    @Test
    void the_limit_that_is_nearest_counts_for_the_app_and_for_leads() {
        usage.record(Map.of(
                "x-app-usage",
                "{\"call_count\":28,\"total_cputime\":31,\"total_time\":25}",
                "x-business-use-case-usage",
                "{\"153125381133\":[{\"type\":\"leadgen\",\"call_count\":95,\"total_cputime\":20,\"total_time\":20,"
                        + "\"estimated_time_to_regain_access\":19},{\"type\":\"pages\",\"call_count\":99}]}"));

        assertThat(meters.summary("engine.graph.usage", "bucket", "app").max()).isEqualTo(31);
        assertThat(meters.summary("engine.graph.usage", "bucket", "leadgen").max())
                .isEqualTo(95);
    }

    @Test
    void headers_that_are_absent_or_unreadable_record_nothing() {
        usage.record(Map.of());
        usage.record(Map.of("x-app-usage", "<html>", "x-business-use-case-usage", "7"));

        assertThat(meters.getMeters()).isEmpty();
    }
}
