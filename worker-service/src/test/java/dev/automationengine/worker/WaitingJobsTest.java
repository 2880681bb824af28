package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.LocalStack;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.worker.claim.JobPoller;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Jobs that wait instead of using up their attempts, and one that is given up because it kills workers. */
@TestPropertySource(properties = {"engine.outbound.breaker-calls=3", "engine.outbound.breaker-pause=2s"})
class WaitingJobsTest extends WorkerScene {
    @Autowired
    private JobPoller poller;

    @Autowired
    private MeterRegistry meters;

    @Test
    void a_job_that_too_many_workers_fell_silent_with_is_not_run_again() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        poller.stop();
        enqueue(false);
        for (int i = 0; i < 6; i++) {
            await().until(() -> !queue.claim("dead", 1, Duration.ofMillis(1)).isEmpty());
            await().until(() -> queue.rescue(100) == 1);
        }
        poller.start();

        StepEvent.Failed failed = (StepEvent.Failed) outcomes(1).getFirst();
        assertThat(failed.error().code()).isEqualTo("workers_lost");
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.INTERNAL);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isZero();
        assertThat(meters.counter("engine.worker.workers.lost", "action", "CRM_INSERT")
                        .count())
                .isEqualTo(1);
        nothingIsQueued();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELAY", "WAIT"})
    void time_that_is_over_is_completed_without_credential_or_call(String action) {
        storeExecution(action, Map.of());
        enqueue(false);

        assertThat(outcomes(1)).singleElement().isInstanceOf(StepEvent.Completed.class);
        nothingIsQueued();
    }

    @Test
    void a_retry_beyond_the_horizon_is_told_to_the_dispatcher_and_leaves_redis() {
        storeCrm();
        Document hourly = policy(3)
                .append("strategy", "fixed")
                .append("initial_delay", "PT1H")
                .append("max_delay", "PT1H");
        storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), hourly, "PT5S");
        SIMULATOR.faults().add(Vendor.CRM, Fault.status(503).times(1));
        enqueue(false);

        StepEvent.AttemptFailed failed = (StepEvent.AttemptFailed) outcomes(1).getFirst();
        assertThat(failed.nextAttemptAt()).isEqualTo(failed.run().finishedAt().plus(Duration.ofHours(1)));
        nothingIsQueued();
    }

    @Test
    void jobs_of_a_throttled_connection_wait_without_trying_and_those_of_others_go_on() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        SIMULATOR
                .faults()
                .add(Vendor.CRM, Fault.tooManyRequests(Duration.ofSeconds(8)).times(1));
        enqueue(false, "CRM_INSERT:-");
        StepEvent.AttemptFailed failed = (StepEvent.AttemptFailed) outcomes(1).getFirst();
        assertThat(failed.nextAttemptAt())
                .isAfterOrEqualTo(failed.run().finishedAt().plusSeconds(8));

        nextJob();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        enqueue(false, "CRM_INSERT:-");
        nextJob();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        enqueue(false, "CRM_INSERT:cred_another");

        assertThat(outcomes(1)).singleElement().isInstanceOf(StepEvent.Completed.class);
        assertThat(contacts()).hasSize(1);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(2);
        assertThat(queue.stats().ready()).isEqualTo(1);

        // Then both go on, without another failure.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            queue.promote(100);
            return SIMULATOR.requests().count(Vendor.CRM) == 4;
        });
        nothingIsQueued();
    }

    @Test
    void a_spent_budget_delays_the_next_job_before_it_is_refused_and_fails_none() {
        storeCrm();
        storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(1), "PT5S");
        SIMULATOR
                .faults()
                .add(
                        Vendor.CRM,
                        Fault.headers(Map.of(
                                        "X-HubSpot-RateLimit-Remaining",
                                        "0",
                                        "X-HubSpot-RateLimit-Interval-Milliseconds",
                                        "8000"))
                                .times(1));
        enqueue(false, "CRM_INSERT:-");
        Instant spent = ((StepEvent.Completed) outcomes(1).getFirst()).run().finishedAt();

        nextJob();
        storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(1), "PT5S");
        enqueue(false, "CRM_INSERT:-");
        var waiting = job;
        nextJob();
        storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(1), "PT5S");
        enqueue(false, "CRM_INSERT:cred_another");
        assertThat(outcomes(1)).singleElement().isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(2);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            queue.promote(100);
            return SIMULATOR.requests().count(Vendor.CRM) == 3;
        });
        job = waiting;
        StepEvent.Completed delayed = (StepEvent.Completed) outcomes(1).getFirst();
        assertThat(delayed.run().attempt()).isEqualTo(1);
        assertThat(delayed.run().startedAt()).isAfterOrEqualTo(spent.plusSeconds(8));
        nothingIsQueued();
    }

    @Test
    void while_the_breaker_is_open_jobs_wait_and_no_attempt_is_charged() {
        storeCrm();
        SIMULATOR.faults().add(Vendor.CRM, Fault.status(503));
        for (int i = 0; i < 3; i++) {
            nextJob();
            storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(1), "PT5S");
            enqueue(false);
            assertThat(outcomes(1)).singleElement().isInstanceOf(StepEvent.Failed.class);
        }
        nextJob();
        storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(1), "PT5S");
        enqueue(false);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> meters.counter("engine.worker.deferred", "reason", "breaker_open")
                                .count()
                        > 0);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(3);
        SIMULATOR.faults().clear();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            queue.promote(100);
            return !contacts().isEmpty();
        });
        StepEvent.Completed completed = (StepEvent.Completed) outcomes(1).getFirst();
        assertThat(completed.run().attempt()).isEqualTo(1);
    }

    private void nextJob() {
        job = job();
    }

    private List<StepEvent> outcomes(int atLeast) {
        return outcomes(LocalStack.shared().kafkaBootstrap(), atLeast);
    }

    private void nothingIsQueued() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(queue.stats().ready()).isZero();
            assertThat(queue.stats().leased()).isZero();
            assertThat(queue.stats().delayed()).isZero();
        });
    }
}
