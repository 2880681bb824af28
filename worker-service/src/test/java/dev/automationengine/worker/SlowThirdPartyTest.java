package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.LocalStack;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.worker.claim.JobPoller;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A worker with few slots, one third party that is slow, and a stop while it is. */
@TestPropertySource(properties = "engine.worker.max-concurrent-jobs=6")
class SlowThirdPartyTest extends WorkerScene {
    private static final Duration SLOW = Duration.ofSeconds(8);

    @Autowired
    private JobPoller poller;

    @Autowired
    private MeterRegistry meters;

    @Test
    void one_slow_third_party_does_not_take_all_slots() {
        SIMULATOR.faults().add(Vendor.CRM, Fault.slow(SLOW));
        storeCrm();
        for (int i = 0; i < 12; i++) {
            job = job();
            storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(3), "PT20S");
            enqueue(false, "CRM_INSERT:-");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> meters.counter("engine.worker.bulkhead.refused").count() > 0);

        org = OrgId.random();
        job = job();
        storeExecution("HTTP_REQUEST", Map.of("url", SIMULATOR.url() + "/echo/" + job.execution()));
        enqueue(false, "HTTP_REQUEST:-");

        await().atMost(Duration.ofSeconds(6)).until(() -> SIMULATOR.requests().count(Vendor.ECHO) == 1);
        assertThat(SIMULATOR.effects().contacts()).isEmpty();
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(3);
        poller.stop();
        queue.claim("cleaner", 100, SLOW).forEach(left -> queue.complete(List.of(left)));
        poller.start();
    }

    @Test
    void a_stopping_worker_reports_what_ends_in_time_and_gives_the_rest_back_uncharged() {
        storeCrm();
        JobId quick = job;
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        SIMULATOR
                .faults()
                .add(
                        Vendor.CRM,
                        Fault.slow(Duration.ofMillis(400))
                                .matching("joe@example.com")
                                .times(1));
        enqueue(false);
        JobId slow = job();
        job = slow;
        storeExecution(
                "in_progress",
                "CRM_INSERT",
                Map.of("field_mapping", Map.of("email", "late@example.com")),
                policy(3),
                "PT20S");
        SIMULATOR.faults().add(Vendor.CRM, Fault.slow(SLOW).matching("late@example.com"));
        enqueue(false);
        await().atMost(Duration.ofSeconds(10)).until(() -> SIMULATOR.requests().count(Vendor.CRM) == 2);

        poller.stop();
        job = job();
        enqueue(false);

        assertThat(queue.stats().leased()).isZero();
        assertThat(queue.claim("another", 10, Duration.ofSeconds(30)))
                .satisfiesExactlyInAnyOrder(
                        given -> {
                            assertThat(given.id()).isEqualTo(slow);
                            assertThat(given.attempt()).isEqualTo(1);
                            assertThat(given.rescued()).isFalse();
                        },
                        unclaimed -> assertThat(unclaimed.id()).isEqualTo(job));
        job = quick;
        assertThat(outcomes(LocalStack.shared().kafkaBootstrap(), 1))
                .singleElement()
                .isInstanceOf(StepEvent.Completed.class);
        poller.start();
    }
}
