package dev.automationengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LeadRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void times_are_those_of_the_first_attempts_whatever_the_order_of_the_steps() {
        LeadRun run = LeadRun.of(JSON.readTree("""
                {"trigger": {"lead_id": "1"}, "created_at": "2026-11-23T05:00:00.010Z",
                 "finished_at": "2026-11-23T05:00:00.050Z",
                 "steps": [
                   {"step_id": "step_3", "attempts": [{"started_at": "2026-11-23T05:00:00.040Z"}]},
                   {"step_id": "step_1", "attempts": []},
                   {"step_id": "step_2", "attempts": [{"started_at": "2026-11-23T05:00:00.020Z"},
                                                      {"started_at": "2026-11-23T05:00:00.030Z"}]}]}
                """));
        assertThat(run)
                .isEqualTo(new LeadRun(
                        "1",
                        Instant.parse("2026-11-23T05:00:00.010Z"),
                        Instant.parse("2026-11-23T05:00:00.020Z"),
                        Instant.parse("2026-11-23T05:00:00.040Z"),
                        Instant.parse("2026-11-23T05:00:00.050Z")));
    }

    @Test
    void an_execution_without_the_second_action_is_none_of_the_seed_workflow() {
        assertThatThrownBy(() -> LeadRun.of(JSON.readTree("""
                        {"trigger": {"lead_id": "1"}, "created_at": "2026-11-23T05:00:00Z",
                         "finished_at": "2026-11-23T05:00:00Z",
                         "steps": [{"step_id": "step_2", "attempts": [{"started_at": "2026-11-23T05:00:00Z"}]}]}
                        """)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step_3");
    }
}
