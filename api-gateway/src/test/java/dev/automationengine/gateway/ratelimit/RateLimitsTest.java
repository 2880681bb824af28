package dev.automationengine.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.automationengine.gateway.ratelimit.RateLimits.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private Instant now = Instant.ofEpochSecond(1003);
    private final RateLimits limits = new RateLimits(new RateLimitProperties(Duration.ofSeconds(10), 2, 3), () -> now);

    @Test
    void a_key_has_its_own_limit_and_its_organization_one_for_all_keys() {
        assertThat(limits.count("org_1", "a")).isEqualTo(new Verdict(true, "key", 1, 7));
        assertThat(limits.count("org_1", "a")).isEqualTo(new Verdict(true, "key", 0, 7));
        // Refused for its key, it takes nothing from the organization: another key still passes.
        assertThat(limits.count("org_1", "a")).isEqualTo(new Verdict(false, "key", 0, 7));
        assertThat(limits.count("org_1", "b")).isEqualTo(new Verdict(true, "organization", 0, 7));
        assertThat(limits.count("org_1", "c")).isEqualTo(new Verdict(false, "organization", 0, 7));
        assertThat(limits.count("org_2", "a").passes()).isTrue();
    }

    @Test
    void a_new_window_begins_when_the_answer_said_it_would() {
        limits.count("org_1", "a");
        limits.count("org_1", "a");
        Verdict refused = limits.count("org_1", "a");
        now = now.plusSeconds(refused.reset() - 1);
        assertThat(limits.count("org_1", "a").passes()).isFalse();
        now = now.plusSeconds(1);
        assertThat(limits.count("org_1", "a").passes()).isTrue();
    }

    @Test
    void headers_are_structured_fields() {
        assertThat(limits.policy()).isEqualTo("\"key\";q=2;w=10, \"organization\";q=3;w=10");
        assertThat(limits.count("org_1", "a").header()).isEqualTo("\"key\";r=1;t=7");
    }

    @Test
    void limits_that_let_nobody_pass_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimitProperties(Duration.ofMillis(10), 1, 1));
    }
}
