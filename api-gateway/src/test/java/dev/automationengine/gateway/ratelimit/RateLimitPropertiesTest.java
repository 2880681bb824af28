package dev.automationengine.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.automationengine.gateway.ratelimit.RateLimitProperties.PlanLimits;
import dev.automationengine.model.organization.Plan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitPropertiesTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    @Test
    void a_plan_without_limits_of_its_own_has_those_of_all() {
        RateLimitProperties properties =
                new RateLimitProperties(WINDOW, 2, 3, Map.of(Plan.TEAM, new PlanLimits(20, 30)));
        assertThat(properties.of(Plan.TEAM)).isEqualTo(new PlanLimits(20, 30));
        assertThat(properties.of(Plan.FREE)).isEqualTo(new PlanLimits(2, 3));
    }

    @Test
    void limits_that_let_nobody_pass_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimitProperties(WINDOW, 0, 1, Map.of()));
        // One of the two is missing.
        assertThatIllegalArgumentException().isThrownBy(() -> new PlanLimits(0, 30));
    }
}
