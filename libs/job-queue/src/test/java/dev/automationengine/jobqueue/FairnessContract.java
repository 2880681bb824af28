package dev.automationengine.jobqueue;

import static dev.automationengine.jobqueue.Jobs.BIG;
import static dev.automationengine.jobqueue.Jobs.SMALL;
import static dev.automationengine.jobqueue.Jobs.job;
import static dev.automationengine.jobqueue.Jobs.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.id.OrgId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No organization waits for another's queue: counted in claims, not in time. */
interface FairnessContract extends QueueScene {
    int QUANTUM = 5;

    @Test
    default void a_job_waits_for_one_turn_of_another_organization_whatever_that_has_queued() {
        useOneShard();
        queue().enqueue(jobs(BIG, "big", 2000));
        claimed(50);
        for (int i = 0; i < 20; i++) {
            queue().enqueue(List.of(job(SMALL, "small" + i)));

            assertThat(claimed(2 * QUANTUM)).extracting(ClaimedJob::org).contains(SMALL);
        }
    }

    @Test
    default void workers_that_take_one_job_at_a_time_serve_a_newcomer_within_a_quantum() {
        useOneShard();
        queue().enqueue(jobs(BIG, "big", 200));
        IntStream.range(0, 20).forEach(i -> claimedOne());

        queue().enqueue(jobs(SMALL, "small", 5));

        List<OrgId> next = IntStream.range(0, QUANTUM + 1)
                .mapToObj(i -> claimedOne().org())
                .toList();
        assertThat(next).contains(SMALL);
    }

    @Test
    default void ten_organizations_with_different_backlogs_get_the_same() {
        useOneShard();
        for (int i = 0; i < 10; i++) {
            queue().enqueue(jobs(new OrgId("org_" + i), "o" + i + "x", 60 + 40 * i));
        }

        assertThat(claimed(500).stream().collect(Collectors.groupingBy(ClaimedJob::org, Collectors.counting())))
                .hasSize(10)
                .allSatisfy((org, count) -> assertThat(count).isEqualTo(50));
    }
}
