package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.LocalStack;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the dispatcher and the third parties see of a worker. */
class WorkerServiceTest extends WorkerScene {
    @Test
    void a_job_calls_the_crm_once_with_its_key_and_is_reported_completed() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        enqueue(false);

        StepEvent.Completed completed = (StepEvent.Completed) only();
        assertThat(completed.httpStatus()).isEqualTo(201);
        assertThat(completed.output()).containsKey("id");
        assertThat(completed.run().attempt()).isEqualTo(1);
        assertThat(contacts()).singleElement().satisfies(contact -> {
            assertThat(contact.idempotencyKey()).isEqualTo(job.value());
            assertThat(contact.fields()).containsAllEntriesOf(CONTACT);
        });
        nothingIsLeased();
    }

    @Test
    void a_whatsapp_template_is_sent_with_its_parameters() {
        storeWhatsApp();
        storeExecution(
                "SEND_WHATSAPP",
                Map.of(
                        "to",
                        "+16505551234",
                        "template",
                        Map.of("name", "lead_welcome", "language", "en_US", "parameters", List.of("Joe"))));
        enqueue(false);

        assertThat(only()).isInstanceOf(StepEvent.Completed.class);
        assertThat(messages()).singleElement().satisfies(message -> {
            assertThat(message.parameters()).containsExactly("Joe");
            assertThat(message.callbackData()).matches("org_[a-z0-9]+/" + job.value());
        });
    }

    @Test
    void a_crm_that_is_down_twice_is_tried_a_third_time_after_growing_delays() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        SIMULATOR.faults().add(Vendor.CRM, Fault.status(503).times(2));
        enqueue(false);

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            queue.promote(100);
            return !contacts().isEmpty();
        });

        List<StepEvent> events = outcomes(3);
        assertThat(events)
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        StepEvent.AttemptFailed.class, StepEvent.AttemptFailed.class, StepEvent.Completed.class);
        Duration first = delay((StepEvent.AttemptFailed) events.get(0));
        Duration second = delay((StepEvent.AttemptFailed) events.get(1));
        assertThat(first).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
        assertThat(second).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(2));
    }

    @Test
    void a_contact_that_the_crm_refuses_fails_at_once_with_its_answer() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", Map.of("email", "no address")));
        enqueue(false);

        StepEvent.Failed failed = (StepEvent.Failed) only();
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.REJECTED);
        assertThat(failed.error().httpStatus()).isEqualTo(422);
        assertThat(failed.error().code()).isEqualTo("invalid_email");
        assertThat(failed.error().message()).contains("This is no e-mail address");
        nothingIsLeased();
    }

    @Test
    void a_step_without_credential_fails_with_advice() {
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        enqueue(false);

        StepEvent.Failed failed = (StepEvent.Failed) only();
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(failed.error().code()).isEqualTo("credential_missing");
        assertThat(failed.error().advice()).contains("/v1/credentials");
    }

    @Test
    void a_slow_crm_is_given_up_after_the_timeout_of_the_step() {
        storeCrm();
        storeExecution("in_progress", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(1), "PT0.3S");
        SIMULATOR.faults().add(Vendor.CRM, Fault.slow(Duration.ofSeconds(5)).times(1));
        enqueue(false);

        StepEvent.Failed failed = (StepEvent.Failed) only();
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
    }

    @Test
    void a_message_whose_answer_is_lost_is_not_sent_again() {
        storeWhatsApp();
        storeExecution("SEND_WHATSAPP", Map.of("to", "+16505551234", "template", welcome()));
        SIMULATOR.faults().add(Vendor.WHATSAPP, Fault.lostResponse().times(1));
        enqueue(false);

        StepEvent.Failed failed = (StepEvent.Failed) only();
        assertThat(failed.error().code()).isEqualTo("outcome_unknown");
        assertThat(messages()).hasSize(1);
        nothingIsLeased();
    }

    @Test
    void a_contact_whose_answer_is_lost_is_sent_again_with_the_same_key() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        SIMULATOR.faults().add(Vendor.CRM, Fault.lostResponse().times(1));
        enqueue(false);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            queue.promote(100);
            return SIMULATOR.requests().count(Vendor.CRM) == 2;
        });
        assertThat(outcomes(2).getLast()).isInstanceOf(StepEvent.Completed.class);
        assertThat(contacts()).hasSize(1);
    }

    @Test
    void a_rescued_job_that_must_not_be_repeated_fails_without_acting() {
        storeWhatsApp();
        storeExecution("SEND_WHATSAPP", Map.of("to", "+16505551234", "template", welcome()));
        enqueue(true);

        StepEvent.Failed failed = (StepEvent.Failed) only();
        assertThat(failed.error().code()).isEqualTo("outcome_unknown");
        assertThat(failed.error().advice()).contains("redrive");
        assertThat(SIMULATOR.requests().count(Vendor.WHATSAPP)).isZero();
    }

    @Test
    void a_rescued_job_with_a_key_is_repeated() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        enqueue(true);

        assertThat(only()).isInstanceOf(StepEvent.Completed.class);
    }

    @Test
    void a_job_of_an_execution_that_has_ended_is_completed_without_acting() {
        storeCrm();
        storeExecution("cancelled", "CRM_INSERT", Map.of("field_mapping", CONTACT), policy(3), "PT5S");
        enqueue(false);

        nothingIsLeased();
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isZero();
    }

    private static Map<String, Object> welcome() {
        return Map.of("name", "lead_welcome", "language", "en_US", "parameters", List.of("Joe"));
    }

    private static Duration delay(StepEvent.AttemptFailed failed) {
        return Duration.between(failed.run().finishedAt(), failed.nextAttemptAt());
    }

    private StepEvent only() {
        List<StepEvent> events = outcomes(1);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private List<StepEvent> outcomes(int atLeast) {
        return outcomes(LocalStack.shared().kafkaBootstrap(), atLeast);
    }

    private void nothingIsLeased() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(queue.stats().ready()).isZero();
            assertThat(queue.stats().leased()).isZero();
        });
    }
}
