package dev.automationengine.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.automationengine.model.id.OrgId;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobQueuePropertiesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4097})
    void a_number_of_shards_that_cannot_work_is_refused(int shards) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobQueueProperties.of("", shards))
                .withMessageContaining("engine.queue.shards");
    }

    @Test
    void a_prefix_that_would_move_the_hash_tag_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobQueueProperties.of("{x}", 1))
                .withMessageContaining("engine.queue.prefix");
    }

    @Test
    void all_keys_of_a_shard_carry_its_hash_tag() {
        QueueKeys keys = new QueueKeys("test:", 3);

        assertThat(keys.of(2))
                .hasSize(16)
                .allSatisfy(key -> assertThat((String) key).startsWith("test:{q:2}:"));
    }

    @Test
    void an_organization_stays_in_the_shard_that_the_stored_format_says() {
        QueueKeys keys = new QueueKeys("", 16);

        assertThat(keys.shardOf(new OrgId("org_acme"))).isEqualTo(6);
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> new OrgId("org_" + i))
                        .collect(Collectors.groupingBy(keys::shardOf, Collectors.counting()))
                        .values())
                .hasSize(16)
                .allMatch(count -> count > 30 && count < 100);
    }
}
