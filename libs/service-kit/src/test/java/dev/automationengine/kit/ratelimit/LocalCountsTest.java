package dev.automationengine.kit.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalCountsTest {
    private static final Limit A = new Limit("key", "a", 2);
    private static final Limit ORGANIZATION = new Limit("organization", "", 3);

    private Instant now = Instant.ofEpochSecond(1003);
    private final LocalCounts counts = new LocalCounts(Duration.ofSeconds(10), () -> now, 100);

    @Test
    void what_a_key_may_not_send_takes_nothing_from_its_organization() {
        assertThat(counts.count("org_1", List.of(A, ORGANIZATION))).isEqualTo(new Verdict(true, "key", 1, 7));
        counts.count("org_1", List.of(A, ORGANIZATION));
        assertThat(counts.count("org_1", List.of(A, ORGANIZATION))).isEqualTo(new Verdict(false, "key", 0, 7));
        Limit other = new Limit("key", "b", 2);
        assertThat(counts.count("org_1", List.of(other, ORGANIZATION)))
                .isEqualTo(new Verdict(true, "organization", 0, 7));
        assertThat(counts.count("org_1", List.of(other, ORGANIZATION)).passes()).isFalse();
        assertThat(counts.count("org_2", List.of(A, ORGANIZATION)).passes()).isTrue();
    }

    @Test
    void windows_end_when_the_verdict_says_and_headers_are_structured_fields() {
        counts.count("org_1", List.of(A));
        counts.count("org_1", List.of(A));
        Verdict refused = counts.count("org_1", List.of(A));
        assertThat(refused.header()).isEqualTo("\"key\";r=0;t=7");
        now = now.plusSeconds(refused.reset() - 1);
        assertThat(counts.count("org_1", List.of(A)).passes()).isFalse();
        now = now.plusSeconds(1);
        assertThat(counts.count("org_1", List.of(A)).passes()).isTrue();
    }
}
