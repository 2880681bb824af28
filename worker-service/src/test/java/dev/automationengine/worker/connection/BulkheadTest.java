package dev.automationengine.worker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BulkheadTest {
    private static final OrgId ORG = OrgId.random();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void a_connection_alone_gets_half_of_the_worker() {
        Bulkhead bulkhead = new Bulkhead(30, meters);
        assertThat(flood(bulkhead, "slow")).isEqualTo(15);
        assertThat(meters.counter("engine.worker.bulkhead.refused").count()).isEqualTo(1);
    }

    @Property
    void with_five_slow_connections_a_sixth_still_finds_a_slot(
            @ForAll @IntRange(min = 50, max = 500) int slots, @ForAll @IntRange(min = 1, max = 5) int slow) {
        Bulkhead bulkhead = new Bulkhead(slots, meters);
        for (int i = 0; i < slow; i++) {
            flood(bulkhead, "slow-" + i);
        }
        assertThat(bulkhead.enter(job("fast"))).isEmpty();
    }

    @Test
    void the_only_slot_of_a_tiny_worker_is_for_anybody() {
        Bulkhead bulkhead = new Bulkhead(1, meters);
        assertThat(bulkhead.enter(job("a"))).isEmpty();
        bulkhead.leave(job("a"), Duration.ofMillis(1));
        assertThat(bulkhead.enter(job("b"))).isEmpty();
    }

    @Test
    void a_slot_that_was_given_back_can_be_had_again() {
        Bulkhead bulkhead = new Bulkhead(30, meters);
        flood(bulkhead, "slow");
        bulkhead.leave(job("slow"), Duration.ofSeconds(30));
        assertThat(bulkhead.enter(job("slow"))).isEmpty();
        assertThat(bulkhead.enter(job("slow"))).isPresent();
    }

    @Test
    void the_wait_follows_the_time_that_attempts_take() {
        Bulkhead bulkhead = new Bulkhead(30, meters);
        flood(bulkhead, "x");
        for (int i = 0; i < 50; i++) {
            bulkhead.leave(job("x"), Duration.ofMillis(4));
            assertThat(bulkhead.enter(job("x"))).isEmpty();
        }
        assertThat(bulkhead.enter(job("x")).orElseThrow()).isEqualTo(Duration.ofMillis(10));
        for (int i = 0; i < 50; i++) {
            bulkhead.leave(job("x"), Duration.ofSeconds(30));
            assertThat(bulkhead.enter(job("x"))).isEmpty();
        }
        assertThat(bulkhead.enter(job("x")).orElseThrow()).isEqualTo(Duration.ofSeconds(1));
    }

    private static int flood(Bulkhead bulkhead, String connection) {
        int entered = 0;
        while (bulkhead.enter(job(connection)).isEmpty()) {
            entered++;
        }
        return entered;
    }

    private static ClaimedJob job(String limitKey) {
        return new ClaimedJob(JobId.parse("exec_1:a:1"), ORG, 1, 1, false, 0, limitKey, "{}", Instant.EPOCH);
    }
}
